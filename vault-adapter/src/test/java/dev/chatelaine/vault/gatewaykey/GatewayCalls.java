package dev.chatelaine.vault.gatewaykey;

import static dev.chatelaine.vault.TestVault.OWNER;

import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.upstreamkey.KeyChoice;
import dev.chatelaine.vault.upstreamkey.OpenedKey;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Requests;
import dev.chatelaine.vault.usage.UsageGrouping;
import dev.chatelaine.vault.usage.UsageQuery;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Every call about gateway keys, usage and the pool that asks for a permission. */
enum GatewayCalls {
    CREATE(
            "gateway_keys:manage",
            "gateway_key.create new",
            (test, actor) -> Requests.key(test.vault(), actor, "new", 5L)),
    GET(
            "gateway_keys:manage",
            "gateway_key.get jobs",
            (test, actor) -> keys(test).get(actor, Jobs.NAME)),
    LIST(
            "gateway_keys:manage",
            "gateway_key.list gateway keys",
            (test, actor) -> keys(test).list(actor, GatewayKeyQuery.all())),
    CHANGE(
            "gateway_keys:manage",
            "gateway_key.update jobs",
            (test, actor) -> keys(test).change(actor, Jobs.NAME, GatewayKeyChange.cap(7L), Expected.ANY)),
    ROTATE(
            "gateway_keys:manage",
            "gateway_key.rotate jobs",
            (test, actor) -> keys(test).rotate(actor, Jobs.NAME, Duration.ZERO)),
    DELETE(
            "gateway_keys:manage",
            "gateway_key.delete jobs",
            (test, actor) -> keys(test).delete(actor, Jobs.NAME)),
    USAGE(
            "usage:read",
            "usage.read usage",
            (test, actor) -> test.vault()
                    .usage()
                    .report(actor, UsageQuery.of(null, null, UsageGrouping.DAY, test.clock.instant()))),
    QUOTA(
            "usage:read",
            "usage.read quota",
            (test, actor) -> test.vault().usage().quota(actor)),
    RESERVE(
            "llm:invoke",
            "llm.invoke openai/gpt-4.1-mini",
            (test, actor) ->
                    test.vault().ledger().reserve(new Payer(actor, null), "req_a", Requests.quote(1L), Requests.LIFE)),
    EXCHANGE(
            "llm:invoke",
            "llm.invoke openai/gpt-4.1-mini",
            (test, actor) -> test.vault()
                    .ledger()
                    .exchange(new Payer(actor, null), Jobs.REQUEST, Requests.quote(1L), Requests.LIFE)),
    KEYS_AT_HAND(
            "llm:invoke",
            "llm.invoke keys",
            (test, actor) -> test.vault().upstreamKeys().atHand(actor, List.of(openai()))),
    TENANT_KEY_STATUS(
            "llm:invoke",
            "secret.key_status provider_key_openai",
            (test, actor) -> report(test, actor, new KeyChoice.OfTenant(openai()), Jobs.TENANT_KEY)),
    POOL_KEY_STATUS(
            "llm:invoke",
            "pool.key_status openai",
            (test, actor) -> report(test, actor, new KeyChoice.OfPool(openai().id()), Jobs.POOL_KEY)),
    POOL_SET(
            "tenant:admin",
            "pool.set mistral",
            (test, actor) -> test.vault().pool().set(actor, "mistral", SecretValue.of("another"))),
    POOL_LIST(
            "tenant:admin",
            "pool.list pool",
            (test, actor) -> test.vault().pool().list(actor)),
    POOL_REMOVE(
            "tenant:admin",
            "pool.remove openai",
            (test, actor) -> test.vault().pool().remove(actor, "openai"));

    /** The permission it takes. */
    final String permission;
    /** What it is called in the audit, and what it is done to. */
    final String event;

    @SuppressWarnings("ImmutableEnumChecker") // a call holds nothing
    private final BiConsumer<TestVault, Actor> call;

    GatewayCalls(String permission, String event, BiConsumer<TestVault, Actor> call) {
        this.permission = permission;
        this.event = event;
        this.call = call;
    }

    /** What the calls work on. */
    static final class Jobs {
        static final GatewayKeyName NAME = new GatewayKeyName("jobs");
        static final String REQUEST = "req_under_way";
        static final SecretValue TENANT_KEY = SecretValue.of("sk-tenant-0123456789abcdef");
        static final SecretValue POOL_KEY = SecretValue.of("sk-pool-0000000000-9fQ2");

        private Jobs() {}
    }

    /** Puts in place what the calls need. */
    static void prepare(TestVault test) {
        Vault vault = test.vault();
        Requests.key(vault, OWNER, "jobs", 1_000L);
        vault.pool().set(OWNER, "openai", Jobs.POOL_KEY);
        vault.secrets()
                .create(
                        OWNER,
                        new NewSecret(new SecretName("provider_key_openai"), null, Description.NONE, Jobs.TENANT_KEY));
        vault.ledger().reserve(new Payer(OWNER, null), Jobs.REQUEST, Requests.quote(9L), Requests.LIFE);
    }

    void call(TestVault test, Actor actor) {
        call.accept(test, actor);
    }

    private static GatewayKeys keys(TestVault test) {
        return test.vault().gatewayKeys();
    }

    private static Provider openai() {
        return Catalog.builtIn().provider("openai");
    }

    /** What a provider said of a key that is as it was made. */
    private static void report(TestVault test, Actor actor, KeyChoice choice, SecretValue value) {
        long version = choice instanceof KeyChoice.OfPool
                ? test.vault().pool().find(openai().id()).orElseThrow().version()
                : 1;
        test.vault()
                .upstreamKeys()
                .report(actor, new OpenedKey(choice, version, KeyStatus.UNVERIFIED, value), KeyStatus.INVALID);
    }
}
