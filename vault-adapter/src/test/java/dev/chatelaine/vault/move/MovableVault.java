package dev.chatelaine.vault.move;

import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.VaultOptions;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.crypto.RootKeySource;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.gatewaykey.GatewayKey;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.signin.Membership;
import dev.chatelaine.vault.signin.Visitor;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.usage.CredentialSource;
import dev.chatelaine.vault.usage.Ledger;
import dev.chatelaine.vault.usage.Outcome;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Quote;
import dev.chatelaine.vault.usage.Tokens;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A vault in a SQLite file with something in each of its tables, and databases to move it to. */
record MovableVault(Path folder) {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    Path file() {
        return folder.resolve("data/vault.db");
    }

    RootKeySource rootKey() {
        return new KeyFile(folder.resolve("config/root.key"));
    }

    VaultMove move() {
        return new VaultMove(rootKey(), Clock.systemUTC(), new SecureRandom());
    }

    /** An empty database on the server that the tests share. */
    static DatabaseLocation.PostgreSql empty() {
        return at(PostgresServer.shared()
                .create("moved_" + DATABASES.incrementAndGet() + "_"
                        + Long.toString(System.nanoTime(), Character.MAX_RADIX)));
    }

    static DatabaseLocation.PostgreSql at(String url) {
        return (DatabaseLocation.PostgreSql) DatabaseLocation.url(url);
    }

    /** The vault where it is. */
    Vault open() {
        return open(DatabaseLocation.file(file()));
    }

    /** The vault where it has been moved to. */
    Vault open(DatabaseLocation location) {
        return Vault.open(new VaultOptions(
                location,
                rootKey(),
                Catalog.builtIn(),
                new EndpointPolicy(true, PrivateEndpoints.none()),
                (provider, baseUrl, key) -> VerificationStatus.UNSUPPORTED,
                Clock.systemUTC(),
                new SecureRandom()));
    }

    /** Puts something into every table. */
    MovableVault furnish() {
        try (Vault vault = open()) {
            Actor acme = VaultFolder.owner(vault, "acme");
            Actor rival = VaultFolder.owner(vault, "rival");
            secrets(vault, acme);
            configurations(vault, acme);
            console(vault, acme, rival);
            sessions(vault, acme);
            gateway(vault, acme);
            VaultFolder.create(vault, rival, "stripe", "the rival's");
        }
        return this;
    }

    /** Makes many secrets more. */
    MovableVault fill(int secrets) {
        try (Vault vault = open()) {
            Actor acme = VaultFolder.owner(vault, "acme");
            for (int i = 0; i < secrets; i++) {
                VaultFolder.create(vault, acme, "more-" + i, "value " + i);
            }
        }
        return this;
    }

    private static void secrets(Vault vault, Actor acme) {
        VaultFolder.create(vault, acme, "stripe", "first");
        change(vault, acme, "stripe", "Zürich \uD83D\uDD11 'quoted' \\ \t");
        VaultFolder.create(vault, acme, "gone", "deleted");
        vault.secretHistory().delete(acme, new SecretName("gone"));
        vault.entryTickets().open(acme, EntryPage.CONSOLE, EntryRequest.create(new SecretName("asked"), null, null));
    }

    static void change(Vault vault, Actor actor, String name, String value) {
        vault.secrets().update(actor, new SecretName(name), new SecretChange(SecretValue.of(value), null, null));
    }

    private static void configurations(Vault vault, Actor acme) {
        ConfigurationName chat = new ConfigurationName("chat");
        vault.llmConfigurations()
                .create(
                        acme,
                        new NewConfiguration(chat, "openai", new ModelName("gpt-4.1-mini"), null, List.of(), true));
        vault.llmKeys().set(acme, chat, SecretValue.of("sk-proj-" + "k".repeat(48)));
    }

    /** A key of the pool, a gateway key with a cap, a request that is over and one that is under way. */
    private static void gateway(Vault vault, Actor acme) {
        vault.pool().set(acme, "groq", SecretValue.of("gsk_" + "p".repeat(48)));
        GatewayKey key = vault.gatewayKeys()
                .create(
                        acme,
                        new NewGatewayKey(
                                new GatewayKeyName("app"),
                                List.of("openai/*"),
                                5_000_000L,
                                "openai/gpt-4.1-mini",
                                null))
                .key();
        Payer payer = new Payer(acme, key.id());
        Quote quote = new Quote(
                new ProviderId("openai"), "gpt-4.1-mini", null, CredentialSource.BYOK, new Tokens(100, 100, 0), 200L);
        Ledger ledger = vault.ledger();
        String over = ledger.newRequestId();
        ledger.reserve(payer, over, quote, Duration.ofMinutes(11));
        ledger.settle(acme.tenant(), over, new Outcome(200, 1, new Tokens(90, 10, 0), 50L, 10, 5L, false, false));
        ledger.reserve(payer, ledger.newRequestId(), quote, Duration.ofMinutes(11));
    }

    private static void console(Vault vault, Actor acme, Actor rival) {
        Instant soon = Instant.now().plusSeconds(600);
        vault.tokenKeys().issue(acme, "ada", soon, signer -> "token");
        vault.tokenKeys().rotate(acme);
        vault.consoleLinks().issue(acme, "ada", Set.of(Role.MEMBER));
        Visitor visitor = new Visitor(
                "ada",
                List.of(
                        new Membership(acme.tenant(), Set.of(Role.ADMIN)),
                        new Membership(rival.tenant(), Set.of(Role.VIEWER))));
        var unused = vault.consoleSessions().begin(visitor, "sign-in", soon).orElseThrow();
    }

    private static void sessions(Vault vault, Actor acme) {
        BundleName deploy = new BundleName("deploy");
        vault.bundles().create(acme, deploy, TestSessions.values("AWS_KEY", "first", "AWS_REGION", "eu"));
        vault.sessions().start(acme, TestSessions.with(null, Map.of("STRIPE", "stripe"), "deploy"));
        vault.bundles().replace(acme, deploy, TestSessions.values("AWS_KEY", "second"));
    }

    /** Runs statements past the vault, as somebody who can write the file. */
    void sql(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=20000");
            statement.execute("PRAGMA ignore_check_constraints=ON");
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static TenantId acme() {
        return new TenantId("acme");
    }
}
