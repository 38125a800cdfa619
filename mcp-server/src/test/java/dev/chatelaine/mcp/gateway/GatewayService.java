package dev.chatelaine.mcp.gateway;

import dev.chatelaine.gateway.call.Gateway;
import dev.chatelaine.gateway.call.GatewayLimits;
import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.gateway.fake.FakeProviders;
import dev.chatelaine.gateway.upstream.UpstreamClient;
import dev.chatelaine.gateway.upstream.UpstreamLimits;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.entry.ServedProcess;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.mcp.serve.HttpService;
import dev.chatelaine.mcp.serve.Identity;
import dev.chatelaine.mcp.serve.Listening;
import dev.chatelaine.mcp.serve.ServeSettings;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.usage.KeySpend;
import dev.chatelaine.vault.usage.UsageGroup;
import dev.chatelaine.vault.usage.UsageQuery;
import dev.chatelaine.vault.verify.HostResolver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The served program with a fake of every provider behind it. The tenant {@code acme}, on the plan pro, has a key of its own
 * for each of those.
 */
final class GatewayService implements AutoCloseable {
    static final TenantId ACME = new TenantId("acme");
    static final Actor OWNER = new Actor("anna", ACME, Set.of(Role.OWNER), Channel.REST, null);
    /** Nothing here takes so long but what never comes. */
    static final Duration LONG = Duration.ofSeconds(60);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final FakeProviders providers = FakeProviders.start();
    private final Path home;
    private final Map<String, String> environment;
    private final Settings settings;
    private final LocalVault local;
    private final GatewayLimits limits;
    private final Clock clock;
    private final List<HttpService> nodes = new ArrayList<>();

    private GatewayService(Path home, GatewayLimits limits, Clock clock, String plans, Map<String, String> more)
            throws IOException {
        this.limits = limits;
        this.clock = clock;
        this.home = home;
        Path catalog = Files.writeString(home.resolve("catalog.yaml"), providers.catalog() + plans);
        this.environment = new HashMap<>(more);
        environment.put("CHATELAINE_HOME", home.resolve("home").toString());
        environment.put("CHATELAINE_CATALOG", catalog.toString());
        environment.put("CHATELAINE_PRIVATE_ENDPOINTS", providers.endpoints());
        this.settings = new Settings(Map.of(), environment, "Linux", home);
        this.local = new LocalVault(settings, clock, RANDOM);
        vault().tenants().create(OWNER, ACME, "pro");
        providers.all().forEach(provider -> store(provider, provider.key()));
        anotherNode();
    }

    static GatewayService in(Path home) throws IOException {
        return in(home, Map.of());
    }

    static GatewayService in(Path home, Map<String, String> more) throws IOException {
        return new GatewayService(home, usual(), Clock.systemUTC(), "", more);
    }

    /** One whose plans are those of the catalogue and these, in its YAML. */
    static GatewayService with(String plans, Path home) throws IOException {
        return new GatewayService(home, usual(), Clock.systemUTC(), plans, Map.of());
    }

    /** One that goes by another clock. */
    static GatewayService at(Clock clock, Path home) throws IOException {
        return new GatewayService(home, usual(), clock, "", Map.of());
    }

    /** One that waits this long for the first part of an answer, and that long between two. */
    static GatewayService waiting(Path home, Duration firstByte, Duration idle) throws IOException {
        return waiting(home, LONG.multipliedBy(2), firstByte, idle);
    }

    /** The same, with a deadline for all that is done for a request. */
    static GatewayService waiting(Path home, Duration deadline, Duration firstByte, Duration idle) throws IOException {
        return new GatewayService(home, limits(deadline, firstByte, idle), Clock.systemUTC(), "", Map.of());
    }

    private static GatewayLimits usual() {
        return limits(LONG.multipliedBy(2), LONG, LONG);
    }

    private static GatewayLimits limits(Duration deadline, Duration firstByte, Duration idle) {
        return new GatewayLimits(
                deadline, new UpstreamLimits(LONG, firstByte, idle, 4 << 20, 64 << 10, 16 << 10, 2_000));
    }

    /** One more service over the same vault. */
    HttpService anotherNode() {
        HttpService node = HttpService.start(settings, new Listening("127.0.0.1", 0, null, 0), limits, clock, RANDOM);
        nodes.add(node);
        return node;
    }

    /** One more, in a process of its own, which the caller ends. */
    ServedProcess process() {
        return process(Map.of());
    }

    /** The same with something different in its environment. */
    ServedProcess process(Map<String, String> more) {
        Map<String, String> its = new HashMap<>(environment);
        its.putAll(more);
        return ServedProcess.start(home, its);
    }

    /** Stops all that serves here, as a signal does; the vault is open still. */
    void stopNodes() {
        nodes.forEach(HttpService::close);
        nodes.clear();
    }

    /** What is overdue is settled as if so much time had passed. */
    void sweepAfter(Duration time) {
        try (LocalVault later = new LocalVault(settings, Clock.offset(Clock.systemUTC(), time), RANDOM)) {
            later.get().ledger().sweepEverywhere();
        }
    }

    Vault vault() {
        return local.get();
    }

    FakeProvider provider(String id) {
        return providers.get(id);
    }

    /** A model as requests name it. */
    String model(String provider) {
        return provider + "/" + provider(provider).model();
    }

    /** A gateway over the same vault, to be asked without HTTP; the caller closes it. */
    Gateway gateway() {
        UpstreamClient client = new UpstreamClient(local.endpoints(), HostResolver.system(), limits.upstream(), clock);
        return new Gateway(local.get(), local.catalog(), client, limits, clock, RANDOM);
    }

    URI address() {
        return nodes.get(0).address();
    }

    /** Where the metrics are. */
    URI metrics() {
        return nodes.get(0).metricsAddress().orElseThrow();
    }

    /** A further tenant, on this plan. */
    Subscriber subscriber(String tenant, String plan) {
        return Subscriber.on(plan, tenant, this);
    }

    /** Gives the pool a key of a provider's, which takes it. */
    void pool(String provider, String key) {
        provider(provider).accept(key);
        vault().pool().set(OWNER, provider, SecretValue.of(key));
    }

    /** A token of somebody's. */
    String token(TenantId tenant, String subject, Role role) {
        Actor operator = new Actor("op", tenant, Set.of(Role.OWNER), Channel.CLI, null);
        return Identity.local(new ServeSettings(settings), vault(), new Ids(RANDOM), clock)
                .issue(operator, subject, Set.of(role), Duration.ofMinutes(30))
                .token();
    }

    private void store(FakeProvider provider, String key) {
        vault().secrets()
                .create(
                        OWNER,
                        new NewSecret(
                                new SecretName("provider_key_" + provider.id()),
                                null,
                                Description.NONE,
                                SecretValue.of(key)));
    }

    /** A gateway key without bounds. */
    String key(String name) {
        return key(name, null, null);
    }

    /** A gateway key with these models and this cap. */
    String key(String name, @Nullable List<String> models, @Nullable Long cap) {
        return vault().gatewayKeys()
                .create(OWNER, new NewGatewayKey(new GatewayKeyName(name), models, cap, null, null))
                .secret();
    }

    KeySpend spend(String name) {
        return Objects.requireNonNull(
                vault().gatewayKeys().get(OWNER, new GatewayKeyName(name)).spend());
    }

    /** What was used so far, of all keys. */
    UsageGroup usage() {
        Instant now = Instant.now();
        return vault().usage()
                .report(OWNER, UsageQuery.of(null, now.plusSeconds(60), null, now))
                .whole();
    }

    /** A client with a gateway key. */
    Application application(String key) {
        return new Application(address(), key);
    }

    @Override
    public void close() {
        stopNodes();
        local.close();
        providers.close();
    }
}
