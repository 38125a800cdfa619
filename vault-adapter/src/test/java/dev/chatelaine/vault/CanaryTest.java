package dev.chatelaine.vault;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.actor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.GatewayKeyQuery;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.SecretQuery;
import dev.chatelaine.vault.session.ModelChoice;
import dev.chatelaine.vault.session.NewSession;
import dev.chatelaine.vault.session.SessionQuery;
import dev.chatelaine.vault.session.StartedSession;
import dev.chatelaine.vault.upstreamkey.KeyChoice;
import dev.chatelaine.vault.upstreamkey.OpenedKey;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Requests;
import dev.chatelaine.vault.usage.Reserved;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {
    /** Shaped like no key and no mask, with characters that encodings change. */
    private static final Canary CANARY = new Canary("sk-+/kanarienvogel&~0815=Zz9");

    private static final ConfigurationName CHAT = new ConfigurationName("chat");

    @RegisterExtension
    final TestVault test = new TestVault();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final StringWriter told = new StringWriter();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @BeforeEach
    void listen() {
        PrintStream heard = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(heard);
        System.setErr(heard);
    }

    @AfterEach
    void hush() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void theCanaryIsFoundWhereItIs() throws IOException, SQLException {
        test.execute("CREATE TABLE leak AS SELECT '" + CANARY.value() + "' AS value");

        assertThat(leaksOnDisk()).isNotEmpty();
        assertThat(CANARY.foundIn("x" + CANARY.value())).isNotEmpty();
        for (String before : List.of("", "a", "bc")) {
            byte[] around = (before + CANARY.value() + "tail").getBytes(StandardCharsets.UTF_8);
            assertThat(CANARY.foundIn(Base64.getEncoder().encodeToString(around)))
                    .isNotEmpty();
        }
    }

    @Test
    void noValueLeavesTheVaultWhenAllGoesWell() throws IOException {
        everything(OWNER);

        assertThat(told.toString())
                .contains("sec_", "cfg_", "bun_", "ses_", "SecretValue[redacted]")
                .contains("OpenedKey[OfTenant", "OpenedKey[OfConfiguration", "OpenedKey[OfPool");
        assertThat(CANARY.foundIn(told.toString())).isEmpty();
        assertThat(CANARY.foundIn(printed.toByteArray())).isEmpty();
        assertThat(leaksOnDisk()).isEmpty();
    }

    @Test
    void noValueLeavesTheVaultWhenItIsRefused() throws IOException {
        everything(OWNER);
        everything(actor(ACME, Role.VIEWER));
        everything(OWNER);
        test.downgrade();
        everything(OWNER);

        assertThat(told.toString()).contains("secret_exists", "permission_denied", "byok_not_on_plan");
        assertThat(CANARY.foundIn(told.toString())).isEmpty();
        assertThat(CANARY.foundIn(printed.toByteArray())).isEmpty();
        assertThat(leaksOnDisk()).isEmpty();
    }

    @Test
    void aGatewayKeyIsInWhatItsMakerIsGivenAndNowhereElse() throws IOException {
        String made = Requests.key(test.vault(), OWNER, "jobs", 1L).secret();
        String rotated = test.vault()
                .gatewayKeys()
                .rotate(OWNER, new GatewayKeyName("jobs"), Duration.ofHours(1))
                .secret();
        tell(() -> test.vault().gatewayKeys().get(OWNER, new GatewayKeyName("jobs")));
        tell(() -> test.vault().gatewayKeys().list(OWNER, GatewayKeyQuery.all()));
        tell(() -> test.vault().gatewayKeys().rotate(OWNER, new GatewayKeyName("jobs"), Duration.ZERO));
        for (String secret : List.of(made, rotated)) {
            Canary key = new Canary(secret);
            tell(() -> test.vault().gatewayKeys().authenticate(secret));
            tell(() -> Requests.key(test.vault(), OWNER, secret, 1L));
            tell(() -> test.vault().gatewayKeys().get(OWNER, new GatewayKeyName("x " + secret)));
            assertThat(key.foundIn(told.toString())).isEmpty();
            assertThat(key.foundIn(printed.toByteArray())).isEmpty();
            assertThat(leaksOnDisk(key)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE secret_versions",
                "DROP TABLE llm_keys",
                "DROP TABLE audit_events",
                "DROP TABLE audit_heads",
                "DROP INDEX secrets_by_name",
                "ALTER TABLE secret_versions RENAME COLUMN sealed TO other",
                "UPDATE tenant_keyrings SET sealed_values_keyset = zeroblob(60), revision = 9",
                "CREATE TRIGGER t BEFORE INSERT ON secret_versions BEGIN SELECT RAISE(ABORT, 'no'); END",
                "DROP TABLE bundle_values",
                "DROP TABLE session_values",
                "DROP TABLE announcements",
                "CREATE TRIGGER t BEFORE INSERT ON session_values BEGIN SELECT RAISE(ABORT, 'no'); END",
                "CREATE TRIGGER t BEFORE INSERT ON llm_keys BEGIN SELECT RAISE(FAIL, 'no'); END",
                "DROP TABLE usage_reservations",
                "CREATE TRIGGER t BEFORE INSERT ON usage_reservations BEGIN SELECT RAISE(ABORT, 'no'); END"
            })
    void noValueLeavesTheVaultWhenTheDatabaseFails(String damage) throws IOException, SQLException {
        test.create("provider_key_openai", CANARY.value());
        test.execute(damage);

        everything(OWNER);

        assertThat(told.toString()).contains("Exception");
        assertThat(CANARY.foundIn(told.toString())).isEmpty();
        assertThat(CANARY.foundIn(printed.toByteArray())).isEmpty();
        assertThat(leaksOnDisk()).isEmpty();
    }

    /** Every call that a value goes into or comes near, with what is told of it, whether it succeeds or not. */
    private void everything(Actor actor) {
        SecretValue value = SecretValue.of(CANARY.value());
        SecretValue other = SecretValue.of(CANARY.value() + "!");
        Vault vault = test.vault();
        for (String name : List.of("token", "provider_key_openai", "provider_key_mistral", "provider_key_groq")) {
            SecretName secret = new SecretName(name);
            tell(() -> vault.secrets().create(actor, new NewSecret(secret, null, Description.NONE, value)));
            tell(() -> vault.secrets().update(actor, secret, new SecretChange(other, Description.of("d"), null)));
            tell(() -> vault.secretHistory().list(actor, secret));
            tell(() -> vault.secretHistory().rollback(actor, secret, 1));
            tell(() -> vault.secretUse().openForRun(actor, List.of(secret)));
            tell(() -> vault.verifications().secret(actor, secret));
            upstream(actor, new KeyChoice.OfTenant(Catalog.builtIn().provider("openai")));
            tell(() -> vault.secretHistory().delete(actor, secret));
            tell(() -> vault.secretHistory().restore(actor, secret));
        }
        tell(() -> vault.secrets().list(actor, SecretQuery.all()));
        tell(() -> vault.llmConfigurations()
                .create(actor, new NewConfiguration(CHAT, "openai", new ModelName("m"), null, List.of(), true)));
        tell(() -> vault.llmKeys().set(actor, CHAT, value));
        tell(() -> vault.llmKeys().openForVerification(actor, CHAT));
        tell(() -> vault.verifications().configuration(actor, CHAT));
        tell(() -> {
            upstream(
                    actor,
                    new KeyChoice.OfConfiguration(vault.llmConfigurations().get(actor, CHAT)));
            return CHAT;
        });
        tell(() -> vault.llmConfigurations().list(actor));
        tell(() -> vault.byok().overview(actor));
        sessions(actor);
        pool(actor);
        tell(() -> vault.tenantRotation().rotate(actor, (done, whole) -> {}));
        tell(() -> vault.llmKeys().remove(actor, CHAT));
        tell(() -> vault.audit().verify(ACME));
        tell(() -> SecretValue.of(CANARY.value().repeat(4000)));
        tell(() -> SecretValue.of(CANARY.value() + "\ud800"));
        test.clock.advance(Duration.ofSeconds(1));
    }

    private void sessions(Actor actor) {
        Vault vault = test.vault();
        BundleName bot = new BundleName("bot");
        NewSession asked = TestSessions.with(ModelChoice.of("openai", "m", null), Map.of("TOKEN", "token"), "bot");
        tell(() -> vault.bundles().create(actor, bot, TestSessions.values("A", CANARY.value())));
        tell(() -> vault.bundles().create(actor, bot, TestSessions.values("A", CANARY.value())));
        tell(() -> vault.bundles().openForRun(actor, List.of(bot)));
        tell(() -> TestSessions.values(CANARY.value(), "value"));
        tell(() -> TestSessions.values("A", CANARY.value(), "B", CANARY.value().repeat(4000)));
        tell(() -> TestSessions.values("A", CANARY.value() + "\ud800"));
        tell(() -> vault.sessions().get(actor, CANARY.value()));
        List<StartedSession> started = new ArrayList<>();
        tell(() -> {
            started.add(vault.sessions().start(actor, asked));
            return started;
        });
        tell(() -> vault.bundles().replace(actor, bot, TestSessions.values("B", CANARY.value() + "!")));
        tell(() -> vault.bundles().list(actor));
        for (StartedSession session : started) {
            String id = session.session().id();
            tell(() -> vault.sessionRuntimes().authenticate(id, session.token()));
            tell(() -> vault.sessionRuntimes().environment(id, session.token()));
            tell(() -> vault.sessionRuntimes().environment(id, CANARY.value()));
            tell(() -> vault.sessionRuntimes().missedSince(id, session.token(), 0));
            tell(() -> vault.sessions().list(actor, SessionQuery.all()));
            tell(() -> vault.sessions().stop(actor, id));
            tell(() -> vault.sessions().resume(actor, id));
            tell(() -> vault.sessions().stop(actor, id));
            assertThat(told.toString()).doesNotContain(session.token());
        }
        tell(() -> vault.bundles().delete(actor, bot));
    }

    private void pool(Actor actor) {
        Vault vault = test.vault();
        tell(() -> vault.pool().set(actor, "openai", SecretValue.of(CANARY.value())));
        tell(() -> vault.pool().set(actor, "anthropic", SecretValue.of(CANARY.value())));
        tell(() -> vault.pool().list(actor));
        tell(() -> vault.ledger()
                .reserve(
                        new Payer(actor, null),
                        vault.ledger().newRequestId(),
                        Requests.pooled(1, 1L),
                        Requests.LIFE,
                        tx -> vault.pool().open(tx, actor, Requests.OPENAI)));
        tell(() -> vault.upstreamKeys().atHand(actor, Catalog.builtIn().providers()));
        upstream(actor, new KeyChoice.OfPool(Requests.OPENAI));
        tell(() -> vault.pool().remove(actor, "openai"));
    }

    /** A request to a provider that does not take the key. */
    private void upstream(Actor actor, KeyChoice choice) {
        Vault vault = test.vault();
        tell(() -> {
            Reserved<Optional<OpenedKey>> reserved = vault.ledger()
                    .reserve(
                            new Payer(actor, null),
                            vault.ledger().newRequestId(),
                            Requests.quote(1L),
                            Requests.LIFE,
                            tx -> vault.upstreamKeys().open(tx, actor, choice));
            reserved.opened()
                    .ifPresent(used -> tell(() -> {
                        vault.upstreamKeys().report(actor, used, KeyStatus.INVALID);
                        return used;
                    }));
            return reserved + " " + reserved.opened();
        });
    }

    private void tell(Callable<?> call) {
        try {
            told.append(String.valueOf(call.call())).append('\n');
        } catch (VaultException e) {
            told.append(e.code().code() + " " + e.field() + " " + e.next()).append('\n');
            e.printStackTrace(new PrintWriter(told, true));
        } catch (Exception e) {
            e.printStackTrace(new PrintWriter(told, true));
        }
    }

    private List<String> leaksOnDisk() throws IOException {
        return leaksOnDisk(CANARY);
    }

    private List<String> leaksOnDisk(Canary canary) throws IOException {
        List<Path> files = new ArrayList<>(test.database().files());
        try (Stream<Path> all = Files.walk(test.folder())) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        assertThat(files)
                .extracting(Path::toString)
                .anyMatch(name -> name.endsWith("-wal") || name.endsWith("PG_VERSION"));
        return files.stream()
                .filter(file -> holds(file, canary))
                .map(Path::toString)
                .toList();
    }

    private static boolean holds(Path file, Canary canary) {
        try {
            return !canary.foundIn(Files.readAllBytes(file)).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
