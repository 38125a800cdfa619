package dev.chatelaine.vault;

import static dev.chatelaine.vault.TestVault.OWNER;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.Bundles;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.llm.ConfigurationChange;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.SecretQuery;
import dev.chatelaine.vault.session.SessionQuery;
import dev.chatelaine.vault.session.Sessions;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Every call of every service that asks for a permission, on a vault with something for each of them to work on. */
public enum ServiceCalls {
    CREATE_SECRET("secrets:write", "secret.create", "new"),
    CREATE_KEY("keys:manage", "secret.create", "provider_key_mistral"),
    UPDATE_SECRET("secrets:write", "secret.update", "token"),
    UPDATE_KEY("keys:manage", "secret.update", "provider_key_openai"),
    GET_SECRET("secrets:read", "secret.get", "token"),
    LIST_SECRETS("secrets:read", "secret.list", "secrets"),
    HISTORY("secrets:read", "secret.history", "token"),
    ROLLBACK_SECRET("secrets:write", "secret.rollback", "token"),
    ROLLBACK_KEY("keys:manage", "secret.rollback", "provider_key_openai"),
    DELETE_SECRET("secrets:write", "secret.delete", "token"),
    DELETE_KEY("keys:manage", "secret.delete", "provider_key_openai"),
    RESTORE_SECRET("secrets:write", "secret.restore", "gone"),
    RESTORE_KEY("keys:manage", "secret.restore", "provider_key_groq"),
    RUN("sessions:run", "secret.reveal", "token"),
    TO_VERIFY("keys:manage", "secret.verify", "provider_key_openai"),
    OPEN_TO_VERIFY("keys:manage", "secret.verify", "provider_key_openai"),
    RECORD_VERIFICATION("keys:manage", "secret.verify", "provider_key_openai"),
    VERIFY_SECRET("keys:manage", "secret.verify", "provider_key_openai"),
    ENTER_SECRET("secrets:write", "secret.create", "new"),
    ENTER_KEY("keys:manage", "secret.create", "provider_key_mistral"),
    ENTER_VERSION("secrets:write", "secret.update", "token"),
    ENTER_KEY_VERSION("keys:manage", "secret.update", "provider_key_openai"),
    CREATE_BUNDLE("secrets:write", "bundle.create", "new"),
    REPLACE_BUNDLE("secrets:write", "bundle.replace", "bot"),
    GET_BUNDLE("secrets:read", "bundle.get", "bot"),
    LIST_BUNDLES("secrets:read", "bundle.list", "bundles"),
    DELETE_BUNDLE("secrets:write", "bundle.delete", "bot"),
    OPEN_BUNDLE("sessions:run", "bundle.reveal", "bot"),
    START_SESSION("sessions:run", "session.create", "claude-code"),
    LIST_SESSIONS("sessions:run", "session.list", "sessions"),
    GET_SESSION("sessions:run", "session.get", "running"),
    STOP_SESSION("sessions:run", "session.stop", "running"),
    RESUME_SESSION("sessions:run", "session.resume", "stopped"),
    CREATE_CONFIGURATION("integrations:write", "llm.create", "new"),
    LIST_CONFIGURATIONS("integrations:read", "llm.list", "configurations"),
    GET_CONFIGURATION("integrations:read", "llm.get", "chat"),
    UPDATE_CONFIGURATION("integrations:write", "llm.update", "chat"),
    SET_DEFAULT("integrations:write", "llm.set_default", "chat"),
    DELETE_CONFIGURATION("integrations:delete", "llm.delete", "chat"),
    SET_KEY("keys:manage", "llm.set_key", "chat"),
    ENTER_OWN_KEY("keys:manage", "llm.set_key", "chat"),
    REMOVE_KEY("keys:manage", "llm.remove_key", "chat"),
    OPEN_KEY("keys:manage", "llm.verify", "chat"),
    RECORD_KEY_VERIFICATION("keys:manage", "llm.verify", "chat"),
    VERIFY_CONFIGURATION("keys:manage", "llm.verify", "chat"),
    BYOK("integrations:read", "byok.list", "providers"),
    ROTATE_TENANT("tenant:admin", "tenant.rotate", "acme");

    private static final ConfigurationName CHAT = new ConfigurationName("chat");
    private static final BundleName BOT = new BundleName("bot");

    /** The permission it takes. */
    public final String permission;
    /** What it is called in the audit. */
    public final String action;

    private final String target;

    ServiceCalls(String permission, String action, String target) {
        this.permission = permission;
        this.action = action;
        this.target = target;
    }

    /** What the audit says it was done to: for sessions, the id of the one with that status. */
    public String target(TestVault test) {
        List<String> session = test.rows("SELECT id FROM sessions WHERE status = '" + target + "'");
        return session.isEmpty() ? target : session.get(0);
    }

    /** Puts in place what the calls need; the value that a key or secret has is its own. */
    public static void prepare(TestVault test) {
        test.create("token", "value one");
        change(test, OWNER, "token", "value two");
        test.create("provider_key_openai", "sk-A0");
        change(test, OWNER, "provider_key_openai", "sk-A1");
        for (String deleted : List.of("gone", "provider_key_groq")) {
            test.create(deleted, "gsk_A0");
            test.vault().secretHistory().delete(OWNER, new SecretName(deleted));
        }
        TestSessions sessions = new TestSessions(test);
        sessions.create("bot", "A", "value");
        sessions.start("bot");
        test.vault().sessions().stop(OWNER, sessions.start("bot").session().id());
        test.configure("chat");
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-B0"));
    }

    /** Makes the call. */
    public void call(TestVault test, Actor actor) {
        if (compareTo(CREATE_BUNDLE) >= 0 && compareTo(CREATE_CONFIGURATION) < 0) {
            session(test).accept(actor);
        } else if (compareTo(CREATE_CONFIGURATION) < 0) {
            secret(test).accept(actor);
        } else {
            configuration(test).accept(actor);
        }
    }

    private Consumer<Actor> secret(TestVault test) {
        Vault vault = test.vault();
        SecretName name = new SecretName(target);
        return switch (this) {
            case CREATE_SECRET, CREATE_KEY ->
                actor -> vault.secrets()
                        .create(actor, new NewSecret(name, null, Description.NONE, SecretValue.of("value")));
            case UPDATE_SECRET, UPDATE_KEY -> actor -> change(test, actor, target, "sk-A2");
            case GET_SECRET -> actor -> vault.secrets().get(actor, name);
            case LIST_SECRETS -> actor -> vault.secrets().list(actor, SecretQuery.all());
            case HISTORY -> actor -> vault.secretHistory().list(actor, name);
            case ROLLBACK_SECRET, ROLLBACK_KEY -> actor -> vault.secretHistory().rollback(actor, name, 1);
            case DELETE_SECRET, DELETE_KEY -> actor -> vault.secretHistory().delete(actor, name);
            case RESTORE_SECRET, RESTORE_KEY -> actor -> vault.secretHistory().restore(actor, name);
            case RUN -> actor -> vault.secretUse().openForRun(actor, List.of(name));
            case TO_VERIFY -> actor -> vault.secretUse().toVerify(actor, name);
            case OPEN_TO_VERIFY -> actor -> vault.secretUse().openForVerification(actor, seen(test));
            case RECORD_VERIFICATION ->
                actor -> vault.secretUse().recordVerification(actor, seen(test), KeyStatus.INVALID);
            case ENTER_SECRET, ENTER_KEY ->
                actor -> vault.entryTickets().open(actor, EntryPage.LOCAL, EntryRequest.create(name, null, null));
            case ENTER_VERSION, ENTER_KEY_VERSION ->
                actor -> vault.entryTickets().open(actor, EntryPage.LOCAL, EntryRequest.update(name));
            case VERIFY_SECRET -> actor -> vault.verifications().secret(actor, name);
            default -> throw unknown();
        };
    }

    private Consumer<Actor> session(TestVault test) {
        Bundles bundles = test.vault().bundles();
        Sessions sessions = test.vault().sessions();
        String id = target(test);
        return switch (this) {
            case CREATE_BUNDLE -> actor -> bundles.create(actor, new BundleName(target), TestSessions.values("A", "v"));
            case REPLACE_BUNDLE -> actor -> bundles.replace(actor, BOT, TestSessions.values("A", "new"));
            case GET_BUNDLE -> actor -> bundles.get(actor, BOT);
            case LIST_BUNDLES -> bundles::list;
            case DELETE_BUNDLE -> actor -> bundles.delete(actor, BOT);
            case OPEN_BUNDLE -> actor -> bundles.openForRun(actor, List.of(BOT));
            case START_SESSION -> actor -> sessions.start(actor, TestSessions.with("bot"));
            case LIST_SESSIONS -> actor -> sessions.list(actor, SessionQuery.all());
            case GET_SESSION -> actor -> sessions.get(actor, id);
            case STOP_SESSION -> actor -> sessions.stop(actor, id);
            case RESUME_SESSION -> actor -> sessions.resume(actor, id);
            default -> throw unknown();
        };
    }

    private Consumer<Actor> configuration(TestVault test) {
        Vault vault = test.vault();
        ModelName model = new ModelName("another");
        return switch (this) {
            case CREATE_CONFIGURATION ->
                actor -> vault.llmConfigurations()
                        .create(
                                actor,
                                new NewConfiguration(
                                        new ConfigurationName(target), "openai", model, null, List.of(), true));
            case LIST_CONFIGURATIONS -> actor -> vault.llmConfigurations().list(actor);
            case GET_CONFIGURATION -> actor -> vault.llmConfigurations().get(actor, CHAT);
            case UPDATE_CONFIGURATION ->
                actor -> vault.llmConfigurations()
                        .update(actor, CHAT, new ConfigurationChange(null, null, model, null, null));
            case SET_DEFAULT -> actor -> vault.llmConfigurations().setDefault(actor, CHAT);
            case DELETE_CONFIGURATION -> actor -> vault.llmConfigurations().delete(actor, CHAT);
            case SET_KEY -> actor -> vault.llmKeys().set(actor, CHAT, SecretValue.of("sk-B1"));
            case ENTER_OWN_KEY -> actor -> vault.entryTickets().open(actor, EntryPage.LOCAL, EntryRequest.setKey(CHAT));
            case REMOVE_KEY -> actor -> vault.llmKeys().remove(actor, CHAT);
            case OPEN_KEY -> actor -> vault.llmKeys().openForVerification(actor, CHAT);
            case RECORD_KEY_VERIFICATION ->
                actor -> vault.llmKeys().recordVerification(actor, seenConfiguration(test), KeyStatus.INVALID);
            case VERIFY_CONFIGURATION -> actor -> vault.verifications().configuration(actor, CHAT);
            case BYOK -> actor -> vault.byok().overview(actor);
            case ROTATE_TENANT -> actor -> vault.tenantRotation().rotate(actor, (done, whole) -> {});
            default -> throw unknown();
        };
    }

    private static void change(TestVault test, Actor actor, String name, String value) {
        SecretChange change = new SecretChange(SecretValue.of(value), null, null);
        test.vault().secrets().update(actor, new SecretName(name), change);
    }

    private static SecretMetadata seen(TestVault test) {
        return test.vault().secrets().get(OWNER, new SecretName("provider_key_openai"));
    }

    private static LlmConfiguration seenConfiguration(TestVault test) {
        return test.vault().llmConfigurations().get(OWNER, CHAT);
    }

    private IllegalStateException unknown() {
        return new IllegalStateException(name().toLowerCase(Locale.ROOT));
    }
}
