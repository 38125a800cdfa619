package dev.chatelaine.vault;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.crypto.RootKeySource;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** A vault's files in a folder of a test's own: the services on one side, raw SQL on the other. */
public record VaultFolder(Path folder) {
    public static final String PLAN = "pro";

    /** What tells a process that a test began of its database on PostgreSQL; never a name that somebody may have set. */
    public static final String URL = "VAULT_WORKER_DATABASE_URL";

    /** The database; its file on SQLite. */
    public TestDatabase database() {
        return TestDatabase.prepared(file());
    }

    /** The database without a schema as yet, asked for before anything else is. */
    public TestDatabase emptyDatabase() {
        return TestDatabase.of(file());
    }

    private Path file() {
        return folder.resolve("data/vault.db");
    }

    /** Where the database is, which a process that the test began is told by its environment. */
    private DatabaseLocation location() {
        String told = System.getenv(URL);
        return told == null ? database().location() : DatabaseLocation.url(told);
    }

    public Path rootKey() {
        return folder.resolve("config/root.key");
    }

    public Vault open() {
        return open(new KeyFile(rootKey()));
    }

    public Vault open(RootKeySource rootKey) {
        return Vault.open(new VaultOptions(
                location(),
                rootKey,
                Catalog.builtIn(),
                new EndpointPolicy(true, PrivateEndpoints.none()),
                (provider, baseUrl, key) -> VerificationStatus.UNSUPPORTED,
                Clock.systemUTC(),
                new SecureRandom()));
    }

    /** An owner of the tenant, which is made if it is not there. */
    public static Actor owner(Vault vault, String tenant) {
        Actor owner = actor(tenant, Role.OWNER);
        vault.tenants().ensure(owner, PLAN);
        return owner;
    }

    public static Actor actor(String tenant, Role role) {
        return new Actor("someone", new TenantId(tenant), Set.of(role), Channel.CLI, "test");
    }

    public static SecretMetadata create(Vault vault, Actor actor, String name, String value) {
        return vault.secrets()
                .create(
                        actor,
                        new NewSecret(
                                new SecretName(name), null, new Description("made by a test"), SecretValue.of(value)));
    }

    /** The value as it is now, compared and not shown. */
    public static boolean holds(Vault vault, Actor actor, String name, String value) {
        return vault.secretUse()
                .openForRun(actor, List.of(new SecretName(name)))
                .get(0)
                .value()
                .equals(SecretValue.of(value));
    }

    /** Runs statements past the vault, as somebody who can write the database would. */
    public void sql(String... statements) {
        database().sql(statements);
    }

    /** The first column of a query's rows, as text. */
    public List<String> texts(String query) {
        return database().texts(query);
    }

    public long number(String query) {
        return Long.parseLong(texts(query).get(0));
    }
}
