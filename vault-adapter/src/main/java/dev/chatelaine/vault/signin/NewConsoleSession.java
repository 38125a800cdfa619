package dev.chatelaine.vault.signin;

/**
 * A session that has just begun.
 *
 * @param cookie what the browser is to show from now on, told once
 * @param session the session
 */
public record NewConsoleSession(String cookie, ConsoleSession session) {
    @Override
    public String toString() {
        return "NewConsoleSession[redacted]";
    }
}
