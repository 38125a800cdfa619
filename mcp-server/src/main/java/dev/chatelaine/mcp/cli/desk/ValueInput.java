package dev.chatelaine.mcp.cli.desk;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.Arrays;

/**
 * Takes a value from the person at the terminal or from standard input. From standard input it is taken byte by byte,
 * but for one line break at its end, which most programs add.
 */
public final class ValueInput {
    /** Terminals hand over at most this many bytes of a line (Linux' {@code N_TTY_BUF_SIZE}) and drop the rest. */
    private static final int LONGEST_LINE = 4_095;

    private final Surroundings surroundings;

    /** Values that come from here. */
    public ValueInput(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Takes one value.
     *
     * @param of what it is a value of, for the question
     * @param raw whether a line break at the end of standard input belongs to the value
     * @param next the command to try again with, for messages
     * @throws VaultException {@code value_required} when none was given; {@code invalid_value}, {@code
     *     value_too_large}
     */
    public SecretValue take(String of, boolean raw, String next) {
        HiddenPrompt prompt = surroundings.prompt();
        if (prompt != null) {
            return asked(prompt, of, next);
        }
        if (surroundings.typedInSight().getAsBoolean()) {
            throw new VaultException(
                            ErrorCode.VALUE_REQUIRED,
                            "The value cannot be asked for while standard output is redirected: it would be seen as you"
                                    + " type it. Nothing was stored.")
                    .withNext("Do not redirect the output, or give the value on standard input.");
        }
        return read(raw);
    }

    /** A value that is long enough to have a hint was pasted, and its hint is shown; a shorter one is typed twice. */
    private SecretValue asked(HiddenPrompt prompt, String of, String next) {
        SecretValue value = line(prompt, "Value of " + of + " (hidden): ", next);
        if (value.hint() == null && !value.equals(line(prompt, "The same once more: ", next))) {
            throw new VaultException(
                            ErrorCode.INVALID_VALUE, "The two values are not the same. Nothing was stored. Try again.")
                    .withNext(next);
        }
        return value;
    }

    private static SecretValue line(HiddenPrompt prompt, String question, String next) {
        char[] typed = prompt.ask(question);
        if (typed == null || typed.length == 0) {
            throw new VaultException(ErrorCode.VALUE_REQUIRED, "No value was given. Nothing was stored.")
                    .withNext(next);
        }
        try {
            if (prompt.discardRest() || typed.length >= LONGEST_LINE) {
                throw new VaultException(
                                ErrorCode.INVALID_VALUE,
                                "A terminal takes values of one line and less than 4095 bytes. Nothing was stored. Give"
                                        + " a longer one on standard input.")
                        .withNext(next + " < FILE");
            }
            return SecretValue.of(CharBuffer.wrap(typed));
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private SecretValue read(boolean raw) {
        byte[] bytes = new byte[0];
        try {
            bytes = surroundings.in().readNBytes(SecretValue.MAX_BYTES + 3);
            return SecretValue.ofUtf8(raw ? bytes : Arrays.copyOf(bytes, lengthWithoutLineBreak(bytes)));
        } catch (IOException e) {
            throw new VaultException(
                            ErrorCode.VALUE_REQUIRED,
                            "Standard input cannot be read ({}). Nothing was stored.",
                            e.getClass().getSimpleName())
                    .causedBy(e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static int lengthWithoutLineBreak(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }
}
