package dev.chatelaine.mcp.child;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * A signal of POSIX systems.
 *
 * @param name without {@code SIG}: {@code HUP}
 */
public record Signal(String name) {
    private static final Set<String> KNOWN =
            Set.of("HUP", "INT", "QUIT", "USR1", "USR2", "TERM", "ALRM", "CONT", "WINCH");

    /**
     * Checks the name.
     *
     * @throws VaultException {@code invalid_field}
     */
    public Signal {
        if (!KNOWN.contains(name)) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "A signal is HUP, USR1, USR2, INT, QUIT, TERM, ALRM, CONT or WINCH. Nothing was started.")
                    .withField("signal");
        }
    }

    /** The signal of this name, in small letters and with {@code SIG} too. */
    public static Signal of(String typed) {
        String name = typed.strip().toUpperCase(Locale.ROOT);
        return new Signal(name.startsWith("SIG") ? name.substring("SIG".length()) : name);
    }

    /** Sends it by the shell's own {@code kill}, which every POSIX system has, unlike the program of that name. */
    boolean send(long pid) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
