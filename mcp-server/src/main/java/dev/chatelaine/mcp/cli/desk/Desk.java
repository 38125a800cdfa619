package dev.chatelaine.mcp.cli.desk;

import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.mcp.tool.ToolOutcome;
import dev.chatelaine.mcp.tool.Tools;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the local user's commands find the settings and the vault, which is opened by the first that needs it. For one
 * thread.
 */
public final class Desk implements AutoCloseable {
    private final Surroundings surroundings;
    private final Supplier<Map<Setting, String>> flags;
    private @Nullable LocalVault local;

    /**
     * The desk of one run.
     *
     * @param flags the settings that were given as options, asked for once the options are read
     */
    public Desk(Surroundings surroundings, Supplier<Map<Setting, String>> flags) {
        this.surroundings = surroundings;
        this.flags = flags;
    }

    /** The process around. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /** The settings in force. */
    public Settings settings() {
        return surroundings.settings(flags.get());
    }

    /**
     * The vault, for a command that reads.
     *
     * @throws VaultException {@code vault_unavailable}; {@code tenant_not_found} for a tenant that only an option names
     */
    public Vault vault() {
        return local().get();
    }

    /**
     * The vault, for a command that changes it.
     *
     * @throws VaultException {@code read_only}, and as {@link #vault()}
     */
    public Vault vaultToChange() {
        requireWritable();
        return vault();
    }

    /**
     * Refuses to go on where nothing may be changed.
     *
     * @throws VaultException {@code read_only}
     */
    public void requireWritable() {
        if (settings().readOnly()) {
            throw new VaultException(ErrorCode.READ_ONLY, "Nothing may be changed here: CHATELAINE_READ_ONLY is true.")
                    .withNext("Unset CHATELAINE_READ_ONLY to change the vault.");
        }
    }

    /**
     * Does what a tool does, as the local user.
     *
     * @return the tool's structured answer
     * @throws ToolRefusedException when the tool refused or failed
     */
    public Map<String, @Nullable Object> call(ToolCall call) {
        Tools tools = new Tools(this::vault, settings().readOnly(), false);
        ToolOutcome outcome = tools.find(call.tool()).orElseThrow().call(actor(), call.arguments());
        if (outcome instanceof ToolOutcome.Done done) {
            return done.structured();
        }
        if (outcome instanceof ToolOutcome.Failed failed) {
            throw new ToolRefusedException(new Facts(failed.structured()).one("error"));
        }
        throw new VaultException(ErrorCode.VALUE_REQUIRED, "The value is missing. Nothing was stored.");
    }

    /** The local user, at the command line. */
    public Actor actor() {
        return local().actor(Channel.CLI);
    }

    @Override
    public void close() {
        if (local != null) {
            local.close();
            local = null;
        }
    }

    private LocalVault local() {
        LocalVault present = local;
        if (present == null) {
            present = new LocalVault(settings(), surroundings.clock(), surroundings.random());
            local = present;
        }
        return present;
    }
}
