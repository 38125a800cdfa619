package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OperatorCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private Path home;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        home = folder.resolve("home");
    }

    private void does(String... arguments) {
        assertThat(shell.run(arguments)).as(shell.err() + shell.out()).isZero();
    }

    private void store() {
        shell.input("correct-horse-battery-9fQ2");
        does("secret", "set", "stripe");
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("chatelaine.db"));
                Statement update = connection.createStatement()) {
            update.execute(statement);
        }
    }

    private JsonNode check(String name) {
        for (JsonNode check : shell.json().get("checks")) {
            if (check.get("check").stringValue().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name);
    }

    @Test
    void tenantsAreMadeListedAndGivenPlans() {
        does("tenant", "create", "acme");
        assertThat(shell.out()).isEqualTo("Made the tenant acme with the plan starter.\n");
        assertThat(shell.run("tenant", "create", "acme")).isEqualTo(1);
        does("tenant", "plan", "acme", "core");
        does("tenant", "list");
        assertThat(shell.out().lines())
                .anyMatch(line -> line.startsWith("acme    core"))
                .hasSize(3);
        assertThat(shell.run("tenant", "plan", "acme", "golden", "--json")).isEqualTo(1);
        assertThat(shell.json().at("/error/code").stringValue()).isEqualTo("plan_unknown");
    }

    @Test
    void thePoolsKeysComeFromStandardInputAreListedAndRemoved() {
        shell.input("sk-platform-000000000000-9fQ2\n");
        does("pool", "set", "openai");
        assertThat(shell.out()).isEqualTo("Set the pool's key of openai; it ends in …9fQ2.\n");
        does("pool", "list");
        assertThat(shell.out().lines())
                .anyMatch(line -> line.startsWith("openai    …9fQ2  unverified"))
                .hasSize(2);
        does("tenant", "list");
        assertThat(shell.out().lines()).hasSize(2);
        shell.input("sk-ant-api03-000000000000");
        assertThat(shell.run("pool", "set", "openai", "--json")).isEqualTo(1);
        assertThat(shell.json().at("/error/code").stringValue()).isEqualTo("invalid_provider_key");
        assertThat(shell.run("pool", "set", "nobody")).isEqualTo(1);
        assertThat(shell.run("pool", "set", "openai", "sk-platform-000000000000-9fQ2"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("never given as an argument").doesNotContain("sk-platform");
        does("pool", "remove", "openai", "--json");
        assertThat(shell.json().at("/pool_key/hint").stringValue()).isEqualTo("9fQ2");
        assertThat(shell.run("pool", "remove", "openai", "--json")).isEqualTo(1);
        assertThat(shell.json().at("/error/code").stringValue()).isEqualTo("pool_key_not_found");
        assertThat(shell.run("--tenant", "chatelaine.pool", "secret", "list")).isEqualTo(1);
        assertThat(shell.run("tenant", "create", "chatelaine.pool")).isEqualTo(1);
        shell.environment.put("CHATELAINE_READ_ONLY", "true");
        assertThat(shell.run("pool", "set", "openai")).isEqualTo(1);
    }

    @Test
    void rotationsKeepEverythingReadableAndShowTheirProgress() {
        store();
        does("rotate", "root");
        assertThat(shell.out()).startsWith("Rotated the root key: ").contains("sealed anew: 1 tenant.");
        assertThat(shell.err()).isEqualTo("1/1 tenants\n");
        does("rotate", "tenant", "--json");
        assertThat(shell.json().get("resealed").intValue()).isEqualTo(1);
        shell.terminal(new FakeTerminal());
        does("rotate", "tenant");
        assertThat(shell.err()).contains("\r[##############################] 1/1 values\n");
        does("run", "--secret", "KEY=stripe", "--", "true");
    }

    @Test
    void auditVerifyFindsAFault() throws Exception {
        store();
        does("tenant", "create", "acme");
        does("audit", "verify");
        assertThat(shell.out().lines()).hasSize(2).allMatch(line -> line.endsWith("all there and unchanged."));
        sql("UPDATE audit_events SET target = 'else' WHERE tenant = 'local' AND sequence = 2");
        assertThat(shell.run("audit", "verify")).isEqualTo(1);
        assertThat(shell.out()).contains("  event 2 was changed or moved", "acme: 1 events, all there");
        assertThat(shell.run("audit", "verify", "--json")).isEqualTo(1);
        assertThat(shell.json().get("clean").booleanValue()).isFalse();
        does("audit", "verify", "--tenant", "acme");
    }

    @Test
    void configSaysWhereEachSettingCameFromAndNoSecret() {
        shell.environment.put("CHATELAINE_ROOT_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        does("config", "--tenant", "acme");
        assertThat(shell.out())
                .contains("set, not shown", home.resolve("chatelaine.db").toString())
                .doesNotContain("AAAA");
        assertThat(shell.out().lines())
                .anyMatch(line -> line.matches("tenant +acme +flag +CHATELAINE_TENANT"))
                .anyMatch(line -> line.matches("home .* environment +CHATELAINE_HOME"))
                .anyMatch(line -> line.matches("read_only +false +default .*"));
        does("config", "--json");
        assertThat(shell.json().get("database").stringValue())
                .isEqualTo(home.resolve("chatelaine.db").toString());
        assertThat(shell.out()).doesNotContain("AAAA");
        assertThat(home).doesNotExist();
    }

    @Test
    void ofADatabaseServerNobodySeesTheCredentials() {
        shell.environment.put("CHATELAINE_DATABASE_URL", "postgresql://anna:geheim@localhost:1/vault");
        does("config");
        assertThat(shell.out())
                .contains("set, not shown", "database  postgresql://localhost:1/vault")
                .doesNotContain("anna", "geheim");
        does("config", "--json");
        assertThat(shell.json().get("database").stringValue()).isEqualTo("postgresql://localhost:1/vault");
        ill("database", "Check that the server runs");
        assertThat(shell.out() + shell.err()).doesNotContain("anna", "geheim");
        shell.environment.put("CHATELAINE_DATABASE_URL", "postgresql://anna:geheim@localhost@elsewhere/vault");
        ill("database", "");
        assertThat(shell.run("secret", "list")).isEqualTo(1);
        assertThat(shell.out() + shell.err()).contains("percent-encoded").doesNotContain("anna", "geheim");
    }

    @Test
    void doctorIsContentWithAGoodVaultAndWithNone() {
        does("doctor", "--json");
        assertThat(check("database").get("state").stringValue()).isEqualTo("note");
        assertThat(home).doesNotExist();
        store();
        does("doctor", "--json");
        for (String good : new String[] {
            "java",
            "sqlite",
            "settings",
            "catalogue",
            "home",
            "disk",
            "database",
            "root key",
            "vault",
            "tenant",
            "audit"
        }) {
            assertThat(check(good).get("state").stringValue()).as(good).isEqualTo("good");
        }
        does("setup", "cursor");
        does("doctor");
        assertThat(shell.out()).contains("✓ mcp hosts", "Cursor").doesNotContain("✗");
    }

    @Test
    void doctorNamesWhatIsWrongAndWhatToDo() throws Exception {
        store();
        Path key = home.resolve("config/root-key.json");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        ill("root key", "chmod 600");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        ill("home", "chmod 700");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        shell.environment.put("CHATELAINE_READ_ONLY", "perhaps");
        ill("settings", "");
        shell.environment.remove("CHATELAINE_READ_ONLY");
        shell.environment.put("CHATELAINE_CATALOG", "/nowhere.yaml");
        ill("catalogue", "CHATELAINE_CATALOG");
        shell.environment.remove("CHATELAINE_CATALOG");
        sql("UPDATE audit_events SET target = 'else' WHERE sequence = 2");
        ill("audit", "chatelaine audit verify");
        Files.move(key, key.resolveSibling("away"));
        ill("root key", "backup");
        shell.environment.put("CHATELAINE_ROOT_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        ill("vault", "Restore");
        Files.writeString(home.resolve("chatelaine.db"), "no database, and long enough to be seen as none");
        ill("database", "backup");
    }

    private void ill(String name, String next) {
        assertThat(shell.run("doctor", "--json")).as(name).isEqualTo(1);
        assertThat(shell.json().get("well").booleanValue()).isFalse();
        JsonNode check = check(name);
        assertThat(check.get("state").stringValue()).as(name).isEqualTo("bad");
        if (!next.isEmpty()) {
            assertThat(check.get("next").stringValue()).contains(next);
        }
        assertThat(shell.run("doctor")).isEqualTo(1);
        assertThat(shell.out()).contains("✗ " + name).doesNotContain("\tat ");
    }
}
