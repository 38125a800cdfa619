package dev.chatelaine.mcp.child;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.RevealsSecret;
import dev.chatelaine.vault.crypto.SecretValue;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one place where a value leaves the vault for a child: it goes into the child's environment, and into the patterns
 * that find it again in the child's output. Nothing else keeps it.
 */
public final class Injection {
    private final Map<String, String> environment;
    private final Charset charset;
    private final List<byte[]> forms = new ArrayList<>();
    private final List<String> unmasked = new ArrayList<>();

    /**
     * An injection into a child that is not started yet.
     *
     * @param environment the child's environment
     * @param charset how the platform encodes an environment
     */
    public Injection(Map<String, String> environment, Charset charset) {
        this.environment = environment;
        this.charset = charset;
    }

    /**
     * Puts a value into the environment.
     *
     * @param name what people know the value by, for messages
     * @throws VaultException {@code invalid_value} when an environment cannot hold it
     */
    @RevealsSecret(RevealsSecret.Place.CHILD_ENVIRONMENT)
    public void put(String variable, String name, SecretValue held) {
        String value = held.reveal();
        if (value.indexOf('\0') >= 0) {
            throw new VaultException(
                    ErrorCode.INVALID_VALUE,
                    "The value of {} has a NUL in it, which an environment cannot hold. Nothing was started. Store it"
                            + " encoded, for example as base64.",
                    name);
        }
        if (!charset.newEncoder().canEncode(value)) {
            throw new VaultException(
                            ErrorCode.INVALID_VALUE,
                            "The value of {} has characters that this locale's encoding ({}) lacks. Nothing was started.",
                            name,
                            charset)
                    .withNext("Set a UTF-8 locale, for example LC_ALL=C.UTF-8, and try again.");
        }
        environment.put(variable, value);
        if (value.length() < Forms.SHORTEST_VALUE) {
            unmasked.add(name);
        } else {
            forms.addAll(Forms.of(value, charset));
        }
    }

    /** The forms in which the values may be printed, for {@link Masks#add}. */
    public List<byte[]> forms() {
        return List.copyOf(forms);
    }

    /** What people know those values by that are too short to be masked. */
    public List<String> unmasked() {
        return List.copyOf(unmasked);
    }

    /**
     * How the environment of a child is encoded: up to Java 17 as Java's own default, from 18 on as the platform's.
     *
     * @param properties the system's
     */
    public static Charset charset(Map<String, String> properties) {
        return Runtime.version().feature() < 18
                ? Charset.defaultCharset()
                : Charset.forName(properties.getOrDefault("sun.jnu.encoding", "UTF-8"));
    }
}
