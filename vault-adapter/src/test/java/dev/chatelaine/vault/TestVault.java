package dev.chatelaine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real vault in a folder of its own for each test, with the tenants {@link #ACME} and {@link #RIVAL}, both on the
 * plan pro. Registered as an extension.
 */
public final class TestVault implements BeforeEachCallback, AfterEachCallback {
    public static final TenantId ACME = new TenantId("acme");
    public static final TenantId RIVAL = new TenantId("rival");
    public static final Actor OWNER = actor(ACME, Role.OWNER);
    public static final Actor STRANGER = actor(RIVAL, Role.OWNER);

    public final SettableClock clock = new SettableClock();
    public final ScriptedVerifier provider = new ScriptedVerifier();
    private Catalog catalog = Catalog.builtIn();
    private @Nullable Path folder;
    private @Nullable Vault vault;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("vault");
        vault = another();
        vault().tenants().create(OWNER, ACME, "pro");
        vault().tenants().create(STRANGER, RIVAL, "pro");
    }

    public static Actor actor(TenantId tenant, Role... roles) {
        return new Actor("anna", tenant, Set.of(roles), Channel.MCP, "test-host");
    }

    /** The refusal that a call must end in. */
    public static VaultException refusal(ThrowingCallable call) {
        VaultException refused = catchThrowableOfType(VaultException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        vault().close();
        try (Stream<Path> all = Files.walk(folder())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    public Vault vault() {
        return Objects.requireNonNull(vault, "before the test");
    }

    /** Where everything is that the vault keeps. */
    public Path folder() {
        return Objects.requireNonNull(folder, "before the test");
    }

    /** The same vault, opened once more, as another process has it. */
    public Vault another() {
        return Vault.open(new VaultOptions(
                database().location(),
                new KeyFile(folder().resolve("keys/root.json")),
                catalog,
                new EndpointPolicy(false, PrivateEndpoints.none()),
                provider,
                clock,
                new SecureRandom()));
    }

    public void reopen() {
        vault().close();
        vault = another();
    }

    /** Opens the vault again, with this file laid over the built-in catalogue. */
    public void withCatalog(String yaml) throws IOException {
        catalog = Catalog.load(Files.writeString(folder().resolve("catalog.yaml"), yaml));
        reopen();
    }

    public TestDatabase database() {
        return TestDatabase.prepared(folder().resolve("data/vault.db"));
    }

    /** Gives {@link #ACME} a plan without keys of its own. */
    public void downgrade() {
        vault().tenants().changePlan(OWNER, ACME, "starter");
    }

    public SecretMetadata create(String name, String value) {
        return create(OWNER, name, value);
    }

    public SecretMetadata create(Actor actor, String name, String value) {
        return vault().secrets()
                .create(actor, new NewSecret(new SecretName(name), null, Description.NONE, SecretValue.of(value)));
    }

    /** The value of a secret, opened as for a run; to be compared only. */
    public SecretValue opened(String name) {
        return vault().secretUse()
                .openForRun(OWNER, List.of(new SecretName(name)))
                .get(0)
                .value();
    }

    /** A configuration of OpenAI's, without a key. */
    public LlmConfiguration configure(String name) {
        return configure(name, "openai", null);
    }

    public LlmConfiguration configure(String name, String providerId, @Nullable String baseUrl) {
        NewConfiguration asked = new NewConfiguration(
                new ConfigurationName(name), providerId, new ModelName("gpt-4.1-mini"), baseUrl, List.of(), false);
        return vault().llmConfigurations().create(OWNER, asked);
    }

    /** What {@link #ACME}'s audit tells, as {@code action target outcome}, in order. */
    public List<String> events() {
        return rows("SELECT action || ' ' || target || ' ' || outcome FROM audit_events WHERE tenant = 'acme'"
                + " ORDER BY sequence");
    }

    /** The events that a piece of work adds. */
    public List<String> eventsOf(Runnable work) {
        int before = events().size();
        work.run();
        List<String> after = events();
        return after.subList(before, after.size());
    }

    /** The first column of a query's rows, past all services. */
    public List<String> rows(String sql) {
        return database().texts(sql);
    }

    /** Changes the database past all services. */
    public int execute(String sql) throws SQLException {
        return database().execute(sql);
    }
}
