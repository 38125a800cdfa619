package dev.chatelaine.vault.crypto;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the few pieces of code that may call {@link SecretValue#reveal()}. The places are an upstream request, a
 * session's injection and a child process's environment, and no others; the compiler refuses a call from code without
 * this mark, and an architecture test pins the list of its bearers.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface RevealsSecret {
    /** Which of the places this is. */
    Place value();

    /** The places where a value may be opened. */
    enum Place {
        UPSTREAM_REQUEST,
        SESSION_INJECTION,
        CHILD_ENVIRONMENT
    }
}
