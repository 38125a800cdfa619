package dev.chatelaine.mcp.runtime;

import dev.chatelaine.mcp.child.Child;
import dev.chatelaine.mcp.child.Injection;
import dev.chatelaine.mcp.child.Masks;
import dev.chatelaine.mcp.envfile.EnvFile;
import dev.chatelaine.vault.crypto.SecretValue;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a child is started, as often as it takes, each time with other values in the same environment; all of them are
 * masked in what it prints. For one thread.
 */
public final class ChildPlan {
    private static final String FILE_VARIABLE = "CHATELAINE_ENV_FILE";

    private final List<String> command;
    private final Set<String> withheld;
    private final Charset charset;
    private final OutputStream out;
    private final OutputStream err;
    private final Consumer<String> notes;
    private final @Nullable EnvFile file;
    private final Masks masks = new Masks();
    private final Set<String> warned = new HashSet<>();

    /**
     * A plan.
     *
     * @param command the program and its arguments
     * @param withheld the variables of this process that the child does not get
     * @param charset how the platform encodes an environment
     * @param file where the values are too, or null for nowhere
     * @param notes takes what a person should know
     */
    public ChildPlan(
            List<String> command,
            List<String> withheld,
            Charset charset,
            OutputStream out,
            OutputStream err,
            @Nullable EnvFile file,
            Consumer<String> notes) {
        this.command = List.copyOf(command);
        this.withheld = Set.copyOf(withheld);
        this.charset = charset;
        this.out = out;
        this.err = err;
        this.file = file;
        this.notes = notes;
    }

    /** Values that are ready to be given to a child. */
    final class Prepared {
        private final ProcessBuilder builder;
        private final Map<String, SecretValue> values;

        private Prepared(ProcessBuilder builder, Map<String, SecretValue> values) {
            this.builder = builder;
            this.values = values;
        }

        /**
         * Writes them to the env file, where there is one.
         *
         * @throws dev.chatelaine.vault.VaultException {@code invalid_field} when it cannot be written
         */
        void write() {
            if (file != null) {
                file.write(values);
            }
        }

        /**
         * Starts a child with them.
         *
         * @throws dev.chatelaine.vault.VaultException {@code invalid_field} when it cannot be started
         */
        Child start() {
            return Child.start(builder, masks, out, err);
        }
    }

    /**
     * Makes values ready: from now on they are masked.
     *
     * @throws dev.chatelaine.vault.VaultException {@code invalid_value} when an environment cannot hold one of them
     */
    Prepared prepare(SessionValues values) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(withheld);
        if (file != null) {
            builder.environment().put(FILE_VARIABLE, file.path().toString());
        }
        Injection injection = new Injection(builder.environment(), charset);
        Map<String, SecretValue> named = new LinkedHashMap<>();
        values.values().forEach((key, value) -> {
            injection.put(key.value(), key.value(), value);
            named.put(key.value(), value);
        });
        masks.add(injection.forms());
        injection.unmasked().stream()
                .filter(warned::add)
                .forEach(name -> notes.accept("the value of " + name + " is too short to be masked in the output."));
        return new Prepared(builder, named);
    }
}
