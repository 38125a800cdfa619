package dev.chatelaine.mcp.local;

import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultOptions;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.EnvironmentRootKey;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.crypto.RootKeySource;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.InvalidCatalogException;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.verify.HostResolver;
import dev.chatelaine.vault.verify.ProviderKeyVerifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The local user's vault, opened once and not before it is needed. An opening that fails is tried again at the next
 * call. Safe for several threads.
 */
public final class LocalVault implements Supplier<Vault>, AutoCloseable {
    private static final String PLAN = "pro";

    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final boolean loopback;
    private @Nullable Vault opened;
    private @Nullable ProviderKeyVerifier verifier;

    /** The vault that these settings name. */
    public LocalVault(Settings settings, Clock clock, SecureRandom random) {
        this(settings, clock, random, true);
    }

    private LocalVault(Settings settings, Clock clock, SecureRandom random, boolean loopback) {
        this.settings = settings;
        this.loopback = loopback;
        this.clock = clock;
        this.random = random;
    }

    /** The same vault for tenants elsewhere, whose base URLs must not lead to this machine's own services. */
    public static LocalVault served(Settings settings, Clock clock, SecureRandom random) {
        return new LocalVault(settings, clock, random, false);
    }

    /** The local user, the owner of the tenant that the settings name. */
    public Actor actor(Channel channel) {
        return new Actor(
                System.getProperty("user.name", "local"), settings.tenant(), Set.of(Role.OWNER), channel, null);
    }

    /**
     * The open vault, in which the local user's tenant is.
     *
     * @throws dev.chatelaine.vault.VaultException {@code vault_unavailable} when it cannot be opened; {@code
     *     tenant_not_found} for a tenant that only a flag names
     */
    @Override
    public synchronized Vault get() {
        Vault vault = opened;
        if (vault == null) {
            vault = open();
            opened = vault;
        }
        return vault;
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
        if (verifier != null) {
            verifier.close();
            verifier = null;
        }
    }

    /**
     * Looks at every setting without opening the vault, so that a mistake stops the start and not the first call.
     *
     * @throws VaultException {@code invalid_field} or {@code invalid_name}, saying which setting is wrong and how
     */
    public void checkSettings() {
        settings.tenant();
        settings.database();
        settings.readOnly();
        settings.inlineValuesDenied();
        settings.opensBrowser();
        endpoints();
        if (settings.catalog().isPresent()) {
            catalog();
        }
    }

    private Vault open() {
        Catalog catalog = catalog();
        EndpointPolicy endpoints = endpoints();
        ProviderKeyVerifier asking = new ProviderKeyVerifier(endpoints, HostResolver.system());
        Vault vault = Vault.open(
                new VaultOptions(settings.database(), rootKey(settings), catalog, endpoints, asking, clock, random));
        try {
            enter(vault);
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
        verifier = asking;
        return vault;
    }

    /** The tenant of the settings is made where it is not there; one that a flag names must be there. */
    private void enter(Vault vault) {
        if (settings.source(Setting.TENANT) == Settings.Source.FLAG) {
            vault.tenants().get(settings.tenant());
        } else {
            vault.tenants().ensure(actor(Channel.CLI), PLAN);
        }
    }

    /**
     * The catalogue that the settings name, read anew.
     *
     * @throws VaultException {@code invalid_field}
     */
    public Catalog catalog() {
        try {
            return settings.catalog().map(Catalog::load).orElseGet(Catalog::builtIn);
        } catch (InvalidCatalogException e) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "CHATELAINE_CATALOG: {}", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Where providers may be reached.
     *
     * @throws VaultException {@code invalid_field}
     */
    public EndpointPolicy endpoints() {
        try {
            return new EndpointPolicy(
                    loopback,
                    settings.given(Setting.PRIVATE_ENDPOINTS)
                            .map(PrivateEndpoints::parse)
                            .orElseGet(PrivateEndpoints::none));
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD, "CHATELAINE_PRIVATE_ENDPOINTS: {}", String.valueOf(e.getMessage()));
        }
    }

    /** Where these settings say that the root key is. */
    public static RootKeySource rootKey(Settings settings) {
        return settings.given(Setting.ROOT_KEY)
                .<RootKeySource>map(EnvironmentRootKey::new)
                .orElseGet(() -> new KeyFile(settings.rootKeyFile()));
    }
}
