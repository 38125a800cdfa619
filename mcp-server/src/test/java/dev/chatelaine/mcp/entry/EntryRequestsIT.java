package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.mcp.console.ServedConsole;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.signin.Membership;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of the entry page of a served instance, as no browser sends them. */
class EntryRequestsIT {
    private static final int CLIENTS = 50;
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final Membership ACME = new Membership(ServedConsole.ACME, Set.of(Role.ADMIN));
    private static final Membership GLOBEX = new Membership(ServedConsole.GLOBEX, Set.of(Role.ADMIN));

    @TempDir
    private Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private ServedConsole served;
    private URI page;
    private String owner;

    @BeforeEach
    void serve() {
        served = new ServedConsole(home, Clock.systemUTC());
        page = pageIn(ServedConsole.ACME);
        owner = cookie(ServedConsole.SUBJECT, ACME);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private URI pageIn(TenantId tenant) {
        Actor asker = new Actor(ServedConsole.SUBJECT, tenant, Set.of(Role.ADMIN), Channel.MCP, "it");
        EntryRequest request = EntryRequest.create(new SecretName("db"), null, null);
        return URI.create(served.address()
                + EntryRoutes.path(served.vault()
                        .entryTickets()
                        .open(asker, EntryPage.CONSOLE, request)
                        .secret()));
    }

    private String cookie(String subject, Membership... memberships) {
        return "chatelaine=" + served.session(subject, List.of(memberships)).cookie();
    }

    @Test
    void ofFiftyClientsAtOnceOneStores() throws Exception {
        String token = token(owner);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String form = "value=value-of-client-" + i + "&token=" + token;
                all.add(CompletableFuture.supplyAsync(
                        () -> {
                            await(start);
                            return post(owner, form).statusCode();
                        },
                        clients));
            }
            start.countDown();
            List<Integer> statuses = all.stream().map(CompletableFuture::join).toList();
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
            assertThat(statuses).filteredOn(status -> status == 410).hasSize(CLIENTS - 1);
        } finally {
            clients.shutdown();
        }
        assertThat(served.secret("db").version()).isEqualTo(1);
    }

    @Test
    void anotherPersonIsRefusedAndTheTicketStaysGoodForItsOwner() {
        String other = cookie("mallory", ACME);
        assertThat(get(other).statusCode()).isEqualTo(410);
        assertThat(get(other).body()).contains("is for somebody else", "mallory");
        assertThat(post(other, "value=stolen&token=" + token(owner)).statusCode())
                .isEqualTo(403);

        assertThat(post(owner, "value=v1&token=" + token(owner)).statusCode()).isEqualTo(200);
    }

    @Test
    void theSamePersonInAnotherTenantAloneIsRefused() {
        String elsewhere = cookie(ServedConsole.SUBJECT, GLOBEX);

        assertThat(get(elsewhere).statusCode()).isEqualTo(410);
        assertThat(get(owner).statusCode()).isEqualTo(200);
    }

    @Test
    void aPersonOfBothTenantsEntersInTheTicketsWhicheverTheyAreIn() {
        page = pageIn(ServedConsole.GLOBEX);
        String both = cookie(ServedConsole.SUBJECT, ACME, GLOBEX);

        assertThat(get(both).body()).contains("<bdi>globex</bdi>");
        assertThat(post(both, "value=v1&token=" + token(both)).statusCode()).isEqualTo(200);
    }

    @Test
    void aTicketThatIsGuessedIsRefusedLikeOneThatIsUsed() {
        HttpResponse<String> guessed = send(request(URI.create(served.address() + "/entry/" + "A".repeat(43)), owner));
        post(owner, "value=v1&token=" + token(owner));
        HttpResponse<String> used = get(owner);

        assertThat(guessed.statusCode()).isEqualTo(410);
        assertThat(used.body()).isEqualTo(guessed.body());
    }

    @Test
    void whoHasNotSignedInIsLedToTheSignInAndBack() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(page).header("Authorization", "Bearer " + "a".repeat(40) + ".b.c");

        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).isIn(303, 401);
        assertThat(answer.body()).doesNotContain("name=\"token\"");
        assertThat(send(HttpRequest.newBuilder(page)).headers().firstValue("Location"))
                .hasValueSatisfying(there -> assertThat(there).contains("/console/sign-in?next=%2Fentry%2F"));
    }

    @Test
    void theCookieOfAnotherInstanceIsNobodys() {
        assertThat(get("chatelaine=" + "A".repeat(43)).statusCode()).isEqualTo(303);
    }

    @Test
    void previewsUseNothingUp() {
        for (int i = 0; i < 3; i++) {
            assertThat(get(owner).statusCode()).isEqualTo(200);
            assertThat(send(request(page, owner).method("HEAD", BodyPublishers.noBody()))
                            .statusCode())
                    .isIn(200, 405);
        }

        assertThat(post(owner, "value=v1&token=" + token(owner)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "403, 'value=v&token=%s', https://evil.example.com",
        "403, 'value=v&token=%s', null",
        "403, 'value=v&token=%s0', ",
        "403, 'value=v', ",
        "400, 'value=&token=%s', ",
        "400, 'token=%s', ",
        "400, 'value=+%%09%%0D%%0A&token=%s', ",
        "400, 'value=%%E2%%80%%A2%%E2%%80%%A2%%E2%%80%%A2%%E2%%80%%A2&token=%s', ",
        "400, 'value=****&token=%s', ",
        "400, 'value=v&value=w&token=%s', ",
        "400, 'value=v&token=%s&more=1', ",
        "413, LONG, "
    })
    void badFormsChangeNothingAndLeaveThePageGood(int status, String form, String origin) {
        String token = token(owner);
        String sent = form.equals("LONG") ? "value=" + "v".repeat(65_537) + "&token=" + token : form.formatted(token);

        assertThat(post(page, owner, sent, origin == null ? served.address() : origin)
                        .statusCode())
                .isEqualTo(status);
        assertThat(post(owner, "value=v1&token=" + token).statusCode()).isEqualTo(200);
    }

    private String token(String cookie) {
        Matcher token = TOKEN.matcher(get(cookie).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpResponse<String> get(String cookie) {
        return send(request(page, cookie));
    }

    private HttpResponse<String> post(String cookie, String form) {
        return post(page, cookie, form, served.address());
    }

    private HttpResponse<String> post(URI page, String cookie, String form, String origin) {
        return send(request(page, cookie)
                .header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static HttpRequest.Builder request(URI page, String cookie) {
        return HttpRequest.newBuilder(page).header("Cookie", cookie);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
