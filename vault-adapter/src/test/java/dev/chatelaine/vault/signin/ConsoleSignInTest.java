package dev.chatelaine.vault.signin;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.RIVAL;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Credential;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSignInTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    private static final Visitor ADA = new Visitor(
            "ada",
            List.of(new Membership(RIVAL, Set.of(Role.VIEWER)), new Membership(ACME, Set.of(Role.ADMIN, Role.MEMBER))));

    @Test
    void aLinkLetsItsSubjectInOnceAsWhatItSays() {
        IssuedLink link = links().issue(OWNER, "ada", Set.of(Role.MEMBER));

        NewConsoleSession begun = links().use(link.secret()).orElseThrow();

        assertThat(sessions().find(begun.cookie())).get().isEqualTo(begun.session());
        assertThat(begun.session().actor().subject()).isEqualTo("ada");
        assertThat(begun.session().actor().tenant()).isEqualTo(ACME);
        assertThat(begun.session().actor().roles()).containsExactly(Role.MEMBER);
        assertThat(begun.session().actor().channel()).isEqualTo(Channel.REST);
        assertThat(begun.session().actor().client()).isEqualTo("console");
        assertThat(links().use(link.secret())).isEmpty();
    }

    @Test
    void theAuditTellsOfLinksSignInsSignOutsAndUsedLinks() {
        assertThat(test.eventsOf(() -> {
                    String link =
                            links().issue(OWNER, "ada", Set.of(Role.OWNER)).secret();
                    NewConsoleSession begun = links().use(link).orElseThrow();
                    links().use(link);
                    sessions().end(begun.cookie());
                    sessions().end(begun.cookie());
                    links().use("guessed");
                }))
                .satisfiesExactly(
                        event -> assertThat(event).isEqualTo("console.link ada done"),
                        event -> assertThat(event).matches("console.sign_in con_\\w+ done"),
                        event -> assertThat(event).matches("console.sign_in lnk_\\w+ denied"),
                        event -> assertThat(event).matches("console.sign_out con_\\w+ done"));
    }

    @Test
    void ofFiftyWhoUseALinkAtOnceOneGetsIn() throws Exception {
        String link = links().issue(OWNER, "ada", Set.of(Role.OWNER)).secret();
        List<Callable<Boolean>> racers = new ArrayList<>();
        try (Vault other = test.another()) {
            for (Vault vault : List.of(test.vault(), other)) {
                racers.addAll(Collections.nCopies(
                        25, () -> vault.consoleLinks().use(link).isPresent()));
            }
            ExecutorService threads = Executors.newFixedThreadPool(50);
            try {
                List<Boolean> won = new ArrayList<>();
                for (Future<Boolean> result : threads.invokeAll(racers)) {
                    won.add(result.get());
                }
                assertThat(won).hasSize(50).containsOnlyOnce(true);
            } finally {
                threads.shutdownNow();
            }
        }
        assertThat(test.rows("SELECT id FROM console_sessions")).hasSize(1);
    }

    @Test
    void aLinkExpiresAfterTenMinutes() {
        String late = links().issue(OWNER, "ada", Set.of(Role.OWNER)).secret();
        test.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        String fresh = links().issue(OWNER, "ada", Set.of(Role.OWNER)).secret();
        test.clock.advance(Duration.ofMillis(1));

        assertThat(links().use(late)).isEmpty();
        assertThat(links().use(fresh)).isPresent();
    }

    @Test
    void aSessionEndsWhenItIsNotUsedForHalfAnHour() {
        NewConsoleSession begun = begin("1");
        for (int i = 0; i < 3; i++) {
            test.clock.advance(Duration.ofMinutes(29));
            assertThat(sessions().find(begun.cookie())).isPresent();
        }
        test.clock.advance(Duration.ofMinutes(30));

        assertThat(sessions().find(begun.cookie())).isEmpty();
        assertThat(sessions().enter(begun.cookie(), ACME)).isEmpty();
    }

    @Test
    void aSessionEndsAfterTwelveHoursHoweverMuchItIsUsed() {
        NewConsoleSession begun = begin("1");
        for (int i = 0; i < 36; i++) {
            assertThat(sessions().find(begun.cookie())).isPresent();
            test.clock.advance(Duration.ofMinutes(20));
        }

        assertThat(sessions().find(begun.cookie())).isEmpty();
        assertThat(begun.session().expiresAt()).isEqualTo(test.clock.instant());
    }

    @Test
    void aSessionThatWasSignedOutIsGoneForEveryProcess() {
        NewConsoleSession begun = begin("1");
        try (Vault other = test.another()) {
            assertThat(other.consoleSessions().find(begun.cookie())).isPresent();
            sessions().end(begun.cookie());
            assertThat(other.consoleSessions().find(begun.cookie())).isEmpty();
        }
    }

    @Test
    void aSessionGoesAmongItsOwnTenantsOnly() {
        NewConsoleSession begun = begin("1");
        assertThat(begun.session().tenant()).isEqualTo(RIVAL);

        List<String> events = test.eventsOf(() -> assertThat(sessions()
                        .enter(begun.cookie(), ACME)
                        .orElseThrow()
                        .actor()
                        .roles())
                .containsExactlyInAnyOrder(Role.ADMIN, Role.MEMBER));

        assertThat(events).containsExactly("console.sign_in " + begun.session().id() + " done");
        assertThat(sessions().find(begun.cookie()).orElseThrow().tenant()).isEqualTo(ACME);
        assertThat(sessions().enter(begun.cookie(), new TenantId("other"))).isEmpty();
        assertThat(sessions().find(begun.cookie()).orElseThrow().tenant()).isEqualTo(ACME);
        assertThat(begun.session().actor(new TenantId("other"))).isEmpty();
    }

    @Test
    void aSignInByTheProviderIsGoodForOneSession() {
        begin("one");

        assertThat(sessions().begin(ADA, "one", test.clock.instant().plusSeconds(600)))
                .isEmpty();
        assertThat(sessions().begin(ADA, "two", test.clock.instant().plusSeconds(600)))
                .isPresent();
    }

    @Test
    void whatIsOverIsForgottenAtTheNextSignIn() {
        begin("1");
        links().issue(OWNER, "ada", Set.of(Role.OWNER));
        test.clock.advance(Duration.ofHours(1));

        NewConsoleSession next = begin("2");

        assertThat(test.rows("SELECT id FROM console_sessions"))
                .containsExactly(next.session().id());
        assertThat(test.rows("SELECT hash FROM console_session_tenants")).hasSize(2);
        assertThat(test.rows("SELECT hash FROM console_links")).isEmpty();
        assertThat(test.rows("SELECT hash FROM console_openid_sign_ins")).hasSize(1);
    }

    @Test
    void theDatabaseHasNeitherLinkNorCookie() {
        IssuedLink link = links().issue(OWNER, "ada", Set.of(Role.OWNER));
        NewConsoleSession begun = links().use(link.secret()).orElseThrow();

        assertThat(test.rows("SELECT hash || id || subject || roles FROM console_links")
                        .toString())
                .doesNotContain(link.secret());
        assertThat(test.rows("SELECT hash || id || subject FROM console_sessions")
                        .toString())
                .doesNotContain(begun.cookie());
        assertThat(link + " " + begun).doesNotContain(link.secret(), begun.cookie());
        assertThat(link.secret()).hasSize(43);
        assertThat(begun.cookie()).hasSize(43);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE console_session_tenants SET roles = 'owner'",
                "UPDATE console_sessions SET subject = 'eve'",
                "UPDATE console_sessions SET expires_at = expires_at + 1",
                "UPDATE console_sessions SET tenant = 'third'",
            })
    void whoWritesTheDatabaseAloneMakesNoMoreOfASession(String change) throws SQLException {
        test.vault().tenants().create(OWNER.in(new TenantId("third")), new TenantId("third"), "pro");
        NewConsoleSession begun = begin("1");

        assertThat(test.execute(change)).isPositive();

        assertThat(sessions().find(begun.cookie())).isEmpty();
    }

    @Test
    void whoWritesTheDatabaseAloneMovesNoSessionToAnotherCookie() throws SQLException {
        begin("1");
        String hash = Credential.hash("mine");
        test.database()
                .sql(
                        "PRAGMA foreign_keys=OFF",
                        "UPDATE console_sessions SET hash = '" + hash + "'",
                        "UPDATE console_session_tenants SET hash = '" + hash + "'");

        assertThat(test.rows("SELECT hash FROM console_sessions")).containsExactly(hash);
        assertThat(sessions().find("mine")).isEmpty();
    }

    @Test
    void aLinkThatWasChangedOnDiskIsNone() throws SQLException {
        String link = links().issue(OWNER, "ada", Set.of(Role.VIEWER)).secret();
        test.execute("UPDATE console_links SET roles = 'owner'");

        assertThat(links().use(link)).isEmpty();
    }

    @Test
    void aLinkNeedsASubjectAndATenant() {
        assertThat(refusal(() -> links().issue(OWNER, " ", Set.of(Role.OWNER))).code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> links().issue(OWNER, "a\nb", Set.of(Role.OWNER)))
                        .code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> links().issue(OWNER.in(new TenantId("none")), "ada", Set.of(Role.OWNER)))
                        .code())
                .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
        assertThat(test.rows("SELECT hash FROM console_links")).isEmpty();
    }

    private NewConsoleSession begin(String signIn) {
        return sessions()
                .begin(ADA, signIn, test.clock.instant().plusSeconds(600))
                .orElseThrow();
    }

    private ConsoleSessions sessions() {
        return test.vault().consoleSessions();
    }

    private ConsoleLinks links() {
        return test.vault().consoleLinks();
    }
}
