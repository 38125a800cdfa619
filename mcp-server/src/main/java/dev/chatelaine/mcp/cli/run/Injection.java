package dev.chatelaine.mcp.cli.run;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.RevealsSecret;
import dev.chatelaine.vault.secret.SecretUse;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one place where a value leaves the vault for a child: it goes into the child's environment, and into the patterns
 * that find it again in the child's output. Nothing else keeps it.
 */
final class Injection {
    private final Map<String, String> environment;
    private final Charset charset;
    private final List<byte[]> patterns = new ArrayList<>();
    private final List<String> unmasked = new ArrayList<>();

    /**
     * An injection into a child that is not started yet.
     *
     * @param environment the child's environment
     * @param charset how the platform encodes an environment
     */
    Injection(Map<String, String> environment, Charset charset) {
        this.environment = environment;
        this.charset = charset;
    }

    /**
     * Puts a value into the environment.
     *
     * @throws VaultException {@code invalid_value} when an environment cannot hold it
     */
    @RevealsSecret(RevealsSecret.Place.CHILD_ENVIRONMENT)
    void put(EnvironmentName name, SecretUse.Opened opened) {
        String value = opened.value().reveal();
        if (value.indexOf('\0') >= 0) {
            throw new VaultException(
                    ErrorCode.INVALID_VALUE,
                    "The value of {} has a NUL in it, which an environment cannot hold. Nothing was started. Store it"
                            + " encoded, for example as base64.",
                    opened.metadata().name());
        }
        if (!charset.newEncoder().canEncode(value)) {
            throw new VaultException(
                            ErrorCode.INVALID_VALUE,
                            "The value of {} has characters that this locale's encoding ({}) lacks. Nothing was started.",
                            opened.metadata().name(),
                            charset)
                    .withNext("Set a UTF-8 locale, for example LC_ALL=C.UTF-8, and try again.");
        }
        environment.put(name.value(), value);
        if (value.length() < Forms.SHORTEST_VALUE) {
            unmasked.add(opened.metadata().name().value());
        } else {
            patterns.addAll(Forms.of(value, charset));
        }
    }

    /** What finds the values in the child's output. */
    Patterns patterns() {
        return new Patterns(patterns);
    }

    /** The names of secrets whose values are too short to be masked. */
    List<String> unmasked() {
        return List.copyOf(unmasked);
    }
}
