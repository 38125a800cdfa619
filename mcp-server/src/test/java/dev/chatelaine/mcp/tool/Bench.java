package dev.chatelaine.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultOptions;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real vault in a folder, and calls to its tools, each of whose answers is held to what every answer owes. */
final class Bench implements AutoCloseable {
    static final String SECRETS = "manage_secrets";
    static final String LLM = "configure_llm";
    static final String BYOK = "list_byok_providers";

    /** Values that no answer may show; none is shaped like a known key, except the key of OpenAI's shape. */
    static final String VALUE = "canary-7Qm2-value-Zx41";

    static final String OTHER_VALUE = "canary-9Lw5-other-Kp07";
    static final String OPENAI_KEY = "sk-canary3Vd8Hn1Tj6openAIkeyRb52";

    private static final AnswerCheck CHECK = new AnswerCheck(VALUE, OTHER_VALUE, OPENAI_KEY);

    private final Path folder;
    private @Nullable Vault vault;
    private VerificationStatus providerSays = VerificationStatus.VALID;
    private Actor actor = new Actor("ada", new TenantId("acme"), Set.of(Role.OWNER), Channel.MCP, "bench");
    private boolean readOnly;
    private boolean inlineDenied;

    Bench(Path folder) {
        this(folder, "pro");
    }

    Bench(Path folder, String plan) {
        this.folder = folder;
        vault().tenants().ensure(actor, plan);
    }

    Bench readOnly() {
        readOnly = true;
        return this;
    }

    Bench inlineDenied() {
        inlineDenied = true;
        return this;
    }

    Bench as(Role role) {
        actor = new Actor(actor.subject(), actor.tenant(), Set.of(role), Channel.MCP, null);
        return this;
    }

    Bench inTenant(String tenant) {
        actor = actor.in(new TenantId(tenant));
        return this;
    }

    Bench providerSays(VerificationStatus status) {
        providerSays = status;
        return this;
    }

    /** Calls a tool, as a transport without an entry page does, and checks the answer. */
    ToolOutcome call(String tool, Object... namesAndValues) {
        ToolOutcome outcome = outcome(tool, namesAndValues);
        ToolOutcome answer = outcome instanceof NeedsEntry needed ? unanswered(needed) : outcome;
        CHECK.check(tool, answer);
        return answer;
    }

    /** A page is opened, which nobody looks at. */
    private ToolOutcome unanswered(NeedsEntry needed) {
        if (needed.reason() == NeedsEntry.Reason.LEFT_OUT) {
            try {
                vault().entryTickets().open(actor, EntryPage.LOCAL, needed.request());
            } catch (VaultException e) {
                return EntryAnswers.refused(e);
            }
        }
        return EntryFallback.toError(needed);
    }

    /** Calls a tool and does not care for an entry page. */
    ToolOutcome outcome(String tool, Object... namesAndValues) {
        Tools tools = new Tools(this::vault, readOnly, inlineDenied);
        return tools.find(tool).orElseThrow().call(actor, arguments(namesAndValues));
    }

    /** Calls a tool that does it. */
    Done done(String tool, Object... namesAndValues) {
        ToolOutcome answer = call(tool, namesAndValues);
        assertThat(answer).isInstanceOf(Done.class);
        return (Done) answer;
    }

    /** Calls a tool that refuses. */
    Failed failed(String tool, Object... namesAndValues) {
        ToolOutcome answer = call(tool, namesAndValues);
        assertThat(answer).isInstanceOf(Failed.class);
        return (Failed) answer;
    }

    /** Stores a secret or makes a configuration, for what comes after it. */
    Bench with(String tool, Object... namesAndValues) {
        done(tool, namesAndValues);
        return this;
    }

    /** Changes the database behind the vault's back. */
    Bench sql(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement executed = connection.createStatement()) {
            assertThat(executed.executeUpdate(statement)).isPositive();
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Path keyFile() {
        return folder.resolve("config").resolve("root.key");
    }

    @Override
    public void close() {
        if (vault != null) {
            vault.close();
            vault = null;
        }
    }

    static Map<String, Object> arguments(Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }

    private Path database() {
        return folder.resolve("data").resolve("vault.db");
    }

    private Vault vault() {
        Vault open = vault;
        if (open == null) {
            open = Vault.open(new VaultOptions(
                    DatabaseLocation.file(database()),
                    new KeyFile(keyFile()),
                    Catalog.builtIn(),
                    new EndpointPolicy(false, PrivateEndpoints.none()),
                    (provider, baseUrl, key) -> providerSays,
                    Clock.systemUTC(),
                    new SecureRandom()));
            vault = open;
        }
        return open;
    }
}
