package dev.chatelaine.http.console;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the console's cookies and how they are set: not to be read by scripts, not to be sent from other sites
 * and, under TLS, bound to this very host ({@code __Host-}, RFC 6265bis, section 4.1.3).
 *
 * @param secure whether browsers come over TLS
 */
public record ConsoleCookies(boolean secure) {
    private static final String HOST = "__Host-";

    /** The session of a request's cookies. */
    Optional<String> session(Map<String, String> cookies) {
        return Optional.ofNullable(cookies.get(session()));
    }

    /** The sign-in under way of a request's cookies. */
    Optional<String> signIn(Map<String, String> cookies) {
        return Optional.ofNullable(cookies.get(signIn()));
    }

    /** Sets the session; the browser forgets it when it is closed, and the vault in time. */
    String setSession(String value) {
        return set(session(), value);
    }

    String clearSession() {
        return set(session(), "") + "; Max-Age=0";
    }

    String setSignIn(String value, Duration life) {
        return set(signIn(), value) + "; Max-Age=" + life.toSeconds();
    }

    String clearSignIn() {
        return set(signIn(), "") + "; Max-Age=0";
    }

    private String session() {
        return secure ? HOST + "chatelaine" : "chatelaine";
    }

    private String signIn() {
        return session() + "-sign-in";
    }

    private String set(String name, String value) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }
}
