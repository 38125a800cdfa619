package dev.chatelaine.mcp.console;

import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.mcp.serve.HttpService;
import dev.chatelaine.mcp.serve.Listening;
import dev.chatelaine.vault.FreePort;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.signin.Membership;
import dev.chatelaine.vault.signin.NewConsoleSession;
import dev.chatelaine.vault.signin.Visitor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.openqa.selenium.Cookie;

/** A server with two tenants, {@code acme} and {@code globex}, and a way past the sign-in, which has tests of its own. */
public final class ServedConsole implements AutoCloseable {
    public static final String SUBJECT = "ada@acme.example";

    public static final TenantId ACME = new TenantId("acme");
    public static final TenantId GLOBEX = new TenantId("globex");

    private final Settings settings;
    private final LocalVault local;
    private final Clock clock;
    private final int port;
    private HttpService service;

    public ServedConsole(Path home, Clock clock) {
        this(home, clock, Map.of());
    }

    public ServedConsole(Path home, Clock clock, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CHATELAINE_HOME", home.toString());
        this.settings = new Settings(Map.of(), environment, "Linux", home);
        this.clock = clock;
        this.local = new LocalVault(settings, clock, new SecureRandom());
        Actor operator = local.actor(Channel.CLI);
        vault().tenants().create(operator, ACME, "pro");
        vault().tenants().create(operator, GLOBEX, "starter");
        this.port = FreePort.next();
        this.service = listen(port);
    }

    private HttpService listen(int port) {
        return HttpService.start(settings, new Listening("127.0.0.1", port, null, null), clock, new SecureRandom());
    }

    public Vault vault() {
        return local.get();
    }

    /** The time at which the server is. */
    public Instant now() {
        return clock.instant();
    }

    /** The same vault at another time. */
    public LocalVault at(Clock other) {
        return new LocalVault(settings, other, new SecureRandom());
    }

    /** The owner of {@code acme}, on another way in than the console. */
    public Actor owner() {
        return new Actor("grace@acme.example", ACME, Set.of(Role.OWNER), Channel.CLI, null);
    }

    public String address() {
        return service.address().toString();
    }

    public String page(String section) {
        return service.address() + "/console/" + section;
    }

    /** Signs the browser in with that role in {@code acme}, and as a viewer in {@code globex}. */
    public NewConsoleSession signIn(Browser browser, Role role) {
        return signIn(browser, SUBJECT, role);
    }

    public NewConsoleSession signIn(Browser browser, String subject, Role role) {
        NewConsoleSession session = session(
                subject, List.of(new Membership(ACME, Set.of(role)), new Membership(GLOBEX, Set.of(Role.VIEWER))));
        browser.open(page("signed-out"));
        browser.driver()
                .manage()
                .addCookie(new Cookie.Builder("chatelaine", session.cookie())
                        .path("/")
                        .isHttpOnly(true)
                        .sameSite("Strict")
                        .build());
        return session;
    }

    /** Signs somebody in, without a browser; they are in the first of the tenants. */
    public NewConsoleSession session(String subject, List<Membership> memberships) {
        return vault().consoleSessions()
                .begin(
                        new Visitor(subject, memberships),
                        UUID.randomUUID().toString(),
                        clock.instant().plus(Duration.ofMinutes(10)))
                .orElseThrow();
    }

    public SecretMetadata store(String name, String value, String description) {
        return vault().secrets()
                .create(
                        owner(),
                        new NewSecret(new SecretName(name), null, Description.of(description), SecretValue.of(value)));
    }

    public SecretMetadata replace(String name, String value) {
        return vault().secrets()
                .update(owner(), new SecretName(name), new SecretChange(SecretValue.of(value), null, null));
    }

    public SecretMetadata secret(String name) {
        return vault().secrets().get(owner(), new SecretName(name));
    }

    /** Whether that is the secret's value, to the byte: storing the present value makes no version. */
    public boolean holds(String name, String value) {
        long before = secret(name).version();
        return replace(name, value).version() == before;
    }

    public void stopServing() {
        service.close();
    }

    /** Serves once more where it did before. */
    public void serveAgain() {
        service = listen(port);
    }

    @Override
    public void close() {
        service.close();
        local.close();
    }
}
