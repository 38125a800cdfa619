package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of an environment variable that may hold a value: 1 to 128 upper-case letters, digits and {@code _},
 * beginning with a letter, and none of those that change how a program runs.
 *
 * @param value the name
 */
public record KeyName(String value) implements Comparable<KeyName> {
    private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z0-9_]{0,127}");
    private static final Set<String> RESERVED = Set.of(
            "PATH",
            "LD_PRELOAD",
            "LD_LIBRARY_PATH",
            "NODE_OPTIONS",
            "JAVA_TOOL_OPTIONS",
            "PYTHONPATH",
            "HOME",
            "SHELL",
            "IFS",
            "BASH_ENV",
            "ENV");

    /** The conventional name of a model's key. */
    public static final KeyName LLM_API_KEY = new KeyName("LLM_API_KEY");
    /** The conventional name of a model provider's address. */
    public static final KeyName LLM_BASE_URL = new KeyName("LLM_BASE_URL");
    /** The conventional name of a model's name. */
    public static final KeyName LLM_MODEL = new KeyName("LLM_MODEL");

    /**
     * Checks the name.
     *
     * @throws VaultException {@code invalid_name}, {@code reserved_key_name}
     */
    public KeyName {
        if (!SHAPE.matcher(value).matches()) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "A key is the name of an environment variable: 1 to 128 capital letters, digits and _,"
                                    + " beginning with a letter. Nothing was changed or started.")
                    .withField("key");
        }
        if (RESERVED.contains(value) || value.startsWith("CHATELAINE_") || value.startsWith("DYLD_")) {
            throw new VaultException(
                            ErrorCode.RESERVED_KEY_NAME,
                            "{} is reserved, because it changes how a program runs. Nothing was changed or started."
                                    + " Choose another name.",
                            value)
                    .withField("key");
        }
    }

    @Override
    public int compareTo(KeyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
