package dev.chatelaine.vault;

import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.announcement.Announcements;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.bundle.Bundles;
import dev.chatelaine.vault.bundle.SealedBundles;
import dev.chatelaine.vault.byok.Byok;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TokenKeyring;
import dev.chatelaine.vault.crypto.VaultIdentity;
import dev.chatelaine.vault.entry.EntryTickets;
import dev.chatelaine.vault.gatewaykey.GatewayKeys;
import dev.chatelaine.vault.llm.LlmConfigurations;
import dev.chatelaine.vault.llm.LlmKeyUse;
import dev.chatelaine.vault.llm.LlmKeys;
import dev.chatelaine.vault.pool.PoolKeys;
import dev.chatelaine.vault.provider.ProviderKeys;
import dev.chatelaine.vault.rotation.RootRotation;
import dev.chatelaine.vault.rotation.TenantRotation;
import dev.chatelaine.vault.secret.SealedSecrets;
import dev.chatelaine.vault.secret.SecretHistory;
import dev.chatelaine.vault.secret.SecretIntake;
import dev.chatelaine.vault.secret.SecretParts;
import dev.chatelaine.vault.secret.SecretPurge;
import dev.chatelaine.vault.secret.SecretUse;
import dev.chatelaine.vault.secret.Secrets;
import dev.chatelaine.vault.session.FollowedSessions;
import dev.chatelaine.vault.session.SessionFeed;
import dev.chatelaine.vault.session.SessionParts;
import dev.chatelaine.vault.session.SessionRuntimes;
import dev.chatelaine.vault.session.Sessions;
import dev.chatelaine.vault.session.Snapshots;
import dev.chatelaine.vault.signin.ConsoleLinks;
import dev.chatelaine.vault.signin.ConsoleSessions;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.tenant.Tenants;
import dev.chatelaine.vault.token.TokenKeys;
import dev.chatelaine.vault.upstreamkey.UpstreamKeys;
import dev.chatelaine.vault.usage.KeyMeters;
import dev.chatelaine.vault.usage.Ledger;
import dev.chatelaine.vault.usage.UsageReports;
import dev.chatelaine.vault.verify.KeyVerifications;
import java.util.Set;

/** An open vault: the services, wired once. Safe for several threads; several processes may have the same one open. */
public final class Vault implements AutoCloseable {
    private static final Actor ITSELF = new Actor("chatelaine", new TenantId("vault"), Set.of(), Channel.CLI, null);

    private final Database database;
    private final VaultIdentity.Opened opened;
    private final AuditLog audit;
    private final Tenants tenants;
    private final Secrets secrets;
    private final SecretHistory history;
    private final SecretUse use;
    private final SecretPurge purge;
    private final Bundles bundles;
    private final SessionParts sessionParts;
    private final Sessions sessions;
    private final SessionRuntimes sessionRuntimes;
    private final LlmConfigurations configurations;
    private final LlmKeys llmKeys;
    private final Byok byok;
    private final KeyVerifications verifications;
    private final EntryTickets entryTickets;
    private final TokenKeys tokenKeys;
    private final ConsoleSessions consoleSessions;
    private final ConsoleLinks consoleLinks;
    private final GatewayKeys gatewayKeys;
    private final Ledger ledger;
    private final UsageReports usage;
    private final PoolKeys pool;
    private final UpstreamKeys upstreamKeys;
    private final RootRotation rootRotation;
    private final TenantRotation tenantRotation;

    private Vault(Database database, VaultIdentity.Opened opened, VaultOptions options, Ids ids) {
        Keyrings keyrings = new Keyrings(opened.root(), opened.identity().vaultId());
        this.database = database;
        this.opened = opened;
        this.audit = new AuditLog(database, keyrings, options.clock());
        this.tenants = new Tenants(database, keyrings, audit, options.catalog(), options.clock());
        AccessPolicy access = new AccessPolicy(audit);
        ProviderKeys providerKeys = new ProviderKeys(options.catalog());
        SecretIntake intake = new SecretIntake(tenants, providerKeys);
        Announcements announcements = new Announcements(options.clock());
        SealedBundles sealedBundles = new SealedBundles();
        Snapshots snapshots = new Snapshots(keyrings, sealedBundles, announcements);
        SecretParts parts = new SecretParts(database, keyrings, audit, intake, snapshots, options.clock());
        this.secrets = new Secrets(parts, access, ids);
        this.history = new SecretHistory(parts, access);
        this.purge = new SecretPurge(parts);
        this.use = new SecretUse(parts, access);
        this.bundles = new Bundles(database, keyrings, access, audit, snapshots, ids, options.clock());
        SealedSecrets sealedSecrets = new SealedSecrets(parts, access, tenants);
        this.sessionParts = new SessionParts(
                database, keyrings, audit, sealedBundles, sealedSecrets, announcements, options.clock());
        this.sessions =
                new Sessions(sessionParts, access, options.catalog(), options.endpoints(), ids, options.random());
        this.sessionRuntimes = new SessionRuntimes(sessionParts);
        this.configurations = new LlmConfigurations(
                database, access, audit, options.catalog(), options.endpoints(), ids, options.clock());
        this.llmKeys = new LlmKeys(database, keyrings, access, audit, intake, options.catalog(), options.clock());
        this.byok = new Byok(database, access, options.catalog(), tenants, secrets, configurations);
        this.verifications = new KeyVerifications(options.verifier(), options.catalog(), use, llmKeys);
        this.entryTickets = new EntryTickets(
                database,
                keyrings,
                access,
                audit,
                secrets,
                llmKeys,
                providerKeys,
                ids,
                options.random(),
                options.clock());
        TokenKeyring signing = new TokenKeyring(opened.root(), opened.identity().vaultId(), options.random());
        this.tokenKeys = new TokenKeys(database, signing, audit, ids, options.clock());
        this.consoleSessions = new ConsoleSessions(database, keyrings, audit, ids, options.random(), options.clock());
        this.consoleLinks =
                new ConsoleLinks(database, keyrings, consoleSessions, audit, ids, options.random(), options.clock());
        this.gatewayKeys = new GatewayKeys(
                database,
                keyrings,
                access,
                audit,
                new KeyMeters(keyrings),
                options.catalog(),
                ids,
                options.random(),
                options.clock());
        this.ledger = new Ledger(database, keyrings, access, tenants, ids, options.clock());
        this.usage = new UsageReports(database, keyrings, access, tenants, options.clock());
        this.pool =
                new PoolKeys(database, keyrings, access, audit, tenants, intake, options.catalog(), options.clock());
        LlmKeyUse llmKeyUse = new LlmKeyUse(keyrings, access, audit, options.clock());
        this.upstreamKeys = new UpstreamKeys(database, access, tenants, sealedSecrets, use, llmKeyUse, pool);
        this.rootRotation = new RootRotation(database, opened.root(), keyrings, tokenKeys, opened.identity(), audit);
        this.tenantRotation = new TenantRotation(database, keyrings, access, audit);
    }

    /**
     * Opens a vault, or makes it where there is none.
     *
     * @throws VaultException {@code vault_unavailable} when the database or the root key cannot be used, saying what is
     *     needed; nothing is changed then
     */
    public static Vault open(VaultOptions options) {
        Database database = options.database().open(options.clock());
        try {
            Ids ids = new Ids(options.random());
            VaultIdentity.Opened opened = VaultIdentity.open(database, options.rootKey(), ids, options.clock());
            Vault vault = new Vault(database, opened, options, ids);
            vault.purge.everywhere(ITSELF);
            vault.entryTickets.expireEverywhere();
            vault.sessions.expireEverywhere();
            vault.ledger.sweepEverywhere();
            return vault;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    public Tenants tenants() {
        return tenants;
    }

    public Secrets secrets() {
        return secrets;
    }

    public SecretHistory secretHistory() {
        return history;
    }

    public SecretUse secretUse() {
        return use;
    }

    public Bundles bundles() {
        return bundles;
    }

    public Sessions sessions() {
        return sessions;
    }

    public SessionRuntimes sessionRuntimes() {
        return sessionRuntimes;
    }

    /** Begins to tell somebody what happens to sessions, until what is returned is closed, which is before the vault is. */
    public SessionFeed follow(FollowedSessions followed) {
        return SessionFeed.start(sessionParts, sessions, followed);
    }

    public LlmConfigurations llmConfigurations() {
        return configurations;
    }

    public LlmKeys llmKeys() {
        return llmKeys;
    }

    public Byok byok() {
        return byok;
    }

    public KeyVerifications verifications() {
        return verifications;
    }

    public AuditLog audit() {
        return audit;
    }

    public EntryTickets entryTickets() {
        return entryTickets;
    }

    public TokenKeys tokenKeys() {
        return tokenKeys;
    }

    public ConsoleSessions consoleSessions() {
        return consoleSessions;
    }

    public ConsoleLinks consoleLinks() {
        return consoleLinks;
    }

    public GatewayKeys gatewayKeys() {
        return gatewayKeys;
    }

    public Ledger ledger() {
        return ledger;
    }

    public UsageReports usage() {
        return usage;
    }

    public PoolKeys pool() {
        return pool;
    }

    public UpstreamKeys upstreamKeys() {
        return upstreamKeys;
    }

    public RootRotation rootRotation() {
        return rootRotation;
    }

    public TenantRotation tenantRotation() {
        return tenantRotation;
    }

    /**
     * Looks whether the vault can be used: the database answers, and the root key opens what it sealed.
     *
     * @throws VaultException {@code vault_unavailable}, {@code integrity_failed}
     */
    public void check() {
        database.read(tx -> {
            opened.identity().prove(tx, opened.root());
            return opened;
        });
    }

    /** Closes the database; units of work under way finish first. */
    @Override
    public void close() {
        database.close();
    }
}
