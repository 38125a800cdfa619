package dev.chatelaine.vault.crypto;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the code that may look at a value on its way in ({@link SecretValue#check}), to refuse a mask or another
 * provider's key, and the code that masks values in a child's output. It learns yes or no and keeps nothing.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface ChecksSecret {}
