package dev.chatelaine.mcp.transport;

import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.entry.Browser;
import dev.chatelaine.mcp.entry.EntryDesk;
import dev.chatelaine.mcp.entry.LocalEntryDesk;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.mcp.tool.Tools;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The local user's tools, made by the first call. Safe for several threads. */
final class LocalTools implements Supplier<Tools>, AutoCloseable {
    private final Settings settings;
    private @Nullable LocalVault vault;
    private @Nullable Tools tools;
    private @Nullable EntryDesk desk;

    private LocalTools(Settings settings) {
        this.settings = settings;
    }

    /**
     * The tools that these settings give. Each setting is looked at now, so that a mistake stops the start and not the
     * first call; files are opened only where a setting names them.
     *
     * @throws dev.chatelaine.vault.VaultException when a setting is wrong
     * @throws dev.chatelaine.vault.provider.InvalidCatalogException when the operator's catalogue is
     */
    static LocalTools checked(Settings settings) {
        settings.readOnly();
        settings.inlineValuesDenied();
        settings.opensBrowser();
        settings.tenant();
        settings.database();
        settings.rootKeyFile();
        settings.catalog().ifPresent(Catalog::load);
        settings.given(Setting.PRIVATE_ENDPOINTS).ifPresent(PrivateEndpoints::parse);
        return new LocalTools(settings);
    }

    @Override
    public synchronized Tools get() {
        Tools made = tools;
        if (made == null) {
            made = new Tools(vault(), settings.readOnly(), settings.inlineValuesDenied());
            tools = made;
        }
        return made;
    }

    synchronized Actor actor() {
        return vault().actor(Channel.MCP);
    }

    /** Where the local user enters values, made by the first call that needs one. */
    synchronized EntryDesk desk() {
        EntryDesk made = desk;
        if (made == null) {
            made = new LocalEntryDesk(
                    vault(), new SecureRandom(), settings.opensBrowser() ? Browser.ofDesktop() : null);
            desk = made;
            // A host that does not wait sends SIGTERM; the page must not seem to be open for longer than it is.
            Runtime.getRuntime().addShutdownHook(new Thread(this::closeDesk, "entry-page-end"));
        }
        return made;
    }

    synchronized Vault openVault() {
        return vault().get();
    }

    /** Closes the pages that wait for the local user. */
    synchronized void closeDesk() {
        if (desk != null) {
            desk.close();
        }
    }

    @Override
    public synchronized void close() {
        if (vault != null) {
            vault.close();
        }
    }

    private LocalVault vault() {
        LocalVault made = vault;
        if (made == null) {
            made = new LocalVault(settings, Clock.systemUTC(), new SecureRandom());
            vault = made;
        }
        return made;
    }
}
