package dev.chatelaine.mcp.cli.run;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of an environment variable that may hold a secret: 1 to 128 upper-case letters, digits and {@code _},
 * beginning with a letter, and none of those that change how a program runs.
 *
 * @param value the name
 */
record EnvironmentName(String value) {
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

    /**
     * Checks the name.
     *
     * @throws VaultException {@code invalid_name}
     */
    EnvironmentName {
        if (!SHAPE.matcher(value).matches()) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "An environment variable's name is 1 to 128 capital letters, digits and _, and begins with a"
                                    + " letter. Nothing was started.")
                    .withField("secret");
        }
        if (RESERVED.contains(value) || value.startsWith("CHATELAINE_") || value.startsWith("DYLD_")) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "{} is reserved, because it changes how a program runs. Nothing was started. Choose another"
                                    + " name.",
                            value)
                    .withField("secret");
        }
    }
}
