package dev.chatelaine.http;

import dev.chatelaine.http.auth.ProtectedResourceMetadata;
import dev.chatelaine.http.auth.WellKnownRoutes;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.rest.RestRoutes;
import dev.chatelaine.http.server.CallerRefusedException;
import dev.chatelaine.http.server.Callers;
import dev.chatelaine.http.server.ChatelaineServer;
import dev.chatelaine.http.server.HttpLimits;
import dev.chatelaine.http.server.HttpOptions;
import dev.chatelaine.http.server.HttpOptions.Listener;
import dev.chatelaine.http.server.Mount;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.http.session.SessionEvents;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultOptions;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.session.SessionFeed;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The real server over a real vault in a folder of its own, with the tenants {@code acme}, {@code rival} (both on the
 * plan pro) and {@code poor} (without keys of its own). A token is {@code tenant:role}.
 */
public final class TestServer implements AutoCloseable {
    public static final HttpLimits QUICK = new HttpLimits(
            Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(1), 1024, Duration.ofSeconds(5));

    private static final Pattern TOKEN = Pattern.compile("Bearer ([a-z]+):([a-z_]+)");

    private final Path folder;
    private final Vault vault;
    private final SessionFeed feed;
    private final List<Route> routes;
    private final ChatelaineServer server;
    private final List<Callers.Credentials> seen = new ArrayList<>();

    private TestServer(Path folder, HttpOptions options, List<Mount> mounts, Clock clock, Parts parts) {
        this.folder = folder;
        this.vault = Vault.open(new VaultOptions(
                DatabaseLocation.file(folder.resolve("vault.db")),
                new KeyFile(folder.resolve("keys/root.json")),
                Catalog.builtIn(),
                new EndpointPolicy(false, PrivateEndpoints.none()),
                (provider, baseUrl, key) -> VerificationStatus.VALID,
                clock,
                new SecureRandom()));
        Actor operator = actor("acme", Role.OWNER);
        vault.tenants().create(operator, new TenantId("acme"), "pro");
        vault.tenants().create(operator, new TenantId("rival"), "pro");
        vault.tenants().create(operator, new TenantId("poor"), "starter");
        SessionEvents events = new SessionEvents(vault.sessionRuntimes(), clock);
        this.feed = vault.follow(events);
        this.routes = Stream.of(
                        RestRoutes.of(vault, events, () -> server().address(), clock, tenant -> {}),
                        wellKnown(),
                        parts.routes().apply(this))
                .flatMap(List::stream)
                .toList();
        this.server = new ChatelaineServer(
                options, routes, mounts, parts.callers().apply(vault, new SimpleCallers()), new SecureRandom());
        server.start();
    }

    public static TestServer start() {
        return start(loopback(QUICK), List.of(), List.of());
    }

    /** What a test adds: routes over the vault, and callers who may build on the simple ones. */
    public record Parts(Function<TestServer, List<Route>> routes, BiFunction<Vault, Callers, Callers> callers) {}

    /** A server whose vault goes by this clock. */
    public static TestServer start(Clock clock, Parts parts) {
        try {
            return new TestServer(Files.createTempDirectory("http"), loopback(QUICK), List.of(), clock, parts);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static TestServer start(HttpOptions options, List<Route> more, List<Mount> mounts) {
        try {
            return new TestServer(
                    Files.createTempDirectory("http"),
                    options,
                    mounts,
                    Clock.systemUTC(),
                    new Parts(server -> more, (vault, simple) -> simple));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A server whose vault goes by this clock. */
    public static TestServer start(HttpOptions options, Clock clock) {
        try {
            return new TestServer(
                    Files.createTempDirectory("http"),
                    options,
                    List.of(),
                    clock,
                    new Parts(server -> List.of(), (vault, simple) -> simple));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A server whose callers are told by something else than the simple tokens. */
    public static TestServer start(Function<Vault, Callers> callers) {
        return start(Clock.systemUTC(), new Parts(server -> List.of(), (vault, simple) -> callers.apply(vault)));
    }

    /** Any free port of the loopback interface, and another for metrics. */
    public static HttpOptions loopback(HttpLimits limits) {
        return new HttpOptions(
                new Listener("127.0.0.1", 0),
                HttpOptions.LOOPBACK_HOSTS,
                Set.of("https://console.example"),
                null,
                new Listener("127.0.0.1", 0),
                limits);
    }

    private List<Route> wellKnown() {
        return WellKnownRoutes.of(
                () -> server().address(),
                resource -> new ProtectedResourceMetadata(resource, List.of(), List.of()),
                () -> Map.of("keys", List.of()));
    }

    public static Actor actor(String tenant, Role role) {
        return new Actor(
                role.label() + "@" + tenant + ".example", new TenantId(tenant), Set.of(role), Channel.REST, null);
    }

    public ChatelaineServer server() {
        return server;
    }

    public Vault vault() {
        return vault;
    }

    public Path folder() {
        return folder;
    }

    /** The whole table. */
    public List<Route> routes() {
        return routes;
    }

    public int port() {
        return server.address().getPort();
    }

    /** What callers said of themselves. */
    public List<Callers.Credentials> seen() {
        return seen;
    }

    /** A client with an owner's token. */
    public RestClient owner(String tenant) {
        return as(tenant, Role.OWNER);
    }

    public RestClient as(String tenant, Role role) {
        return new RestClient(server.address(), tenant + ":" + role.label());
    }

    /** Speaks the protocol by itself. */
    public RawConnection raw() throws IOException {
        return new RawConnection(port());
    }

    @Override
    public void close() {
        server.close();
        feed.close();
        vault.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class SimpleCallers implements Callers {
        @Override
        public Actor identify(Credentials credentials) {
            synchronized (seen) {
                seen.add(credentials);
            }
            Matcher token = TOKEN.matcher(String.valueOf(credentials.authorization()));
            if (!token.matches()) {
                throw new CallerRefusedException(
                        Problem.of(HttpProblem.UNAUTHENTICATED), "Bearer resource_metadata=\"http://localhost/x\"");
            }
            Role role = Role.valueOf(token.group(2).toUpperCase(Locale.ROOT));
            Actor actor = actor(token.group(1), role);
            return new Actor(actor.subject(), actor.tenant(), actor.roles(), credentials.channel(), null);
        }

        @Override
        public Optional<String> insufficientScope(String permission) {
            return Optional.of("Bearer error=\"insufficient_scope\", scope=\"" + permission + "\"");
        }
    }
}
