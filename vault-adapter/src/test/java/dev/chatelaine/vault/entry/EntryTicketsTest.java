package dev.chatelaine.vault.entry;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.refusal;
import static dev.chatelaine.vault.entry.EntryPage.CONSOLE;
import static dev.chatelaine.vault.entry.EntryPage.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTicketsTest {
    private static final SecretValue VALUE = SecretValue.of("a value that a person typed");
    private static final SecretValue OTHER = SecretValue.of("a value of somebody else's");
    private static final SecretName TOKEN = new SecretName("token");
    private static final ConfigurationName CHAT = new ConfigurationName("chat");
    private static final EntryRequest CREATE = EntryRequest.create(TOKEN, null, null);
    private static final EntryRequest UPDATE = EntryRequest.update(TOKEN);

    @RegisterExtension
    final TestVault test = new TestVault();

    private EntryTickets tickets() {
        return test.vault().entryTickets();
    }

    private OpenedTicket open(EntryRequest request) {
        return tickets().open(OWNER, LOCAL, request);
    }

    private SecretMetadata token() {
        return test.vault().secrets().get(OWNER, TOKEN);
    }

    private EntryTicket use(OpenedTicket opened) {
        return tickets().use(OWNER, LOCAL, opened.secret(), VALUE, null);
    }

    private VaultException refused(Actor visitor, EntryPage page, String secret) {
        return refusal(() -> tickets().use(visitor, page, secret, VALUE, null));
    }

    @Test
    void theValueOfANewSecretIsEnteredWithTheRestThatWasAskedFor() {
        EntryRequest request = EntryRequest.create(TOKEN, Category.DATABASE, new Description("of the shop"));
        OpenedTicket opened = open(request);

        EntryView view = tickets().look(OWNER, LOCAL, opened.secret());
        assertThat(view.ticket()).isEqualTo(opened.ticket());
        assertThat(view.ticket().client()).isEqualTo("test-host");
        assertThat(view.changed()).isFalse();
        assertThat(view.present().recordId()).isNull();

        use(opened);

        assertThat(test.opened("token")).isEqualTo(VALUE);
        assertThat(token().category()).isEqualTo(Category.DATABASE);
        assertThat(token().description().text()).isEqualTo("of the shop");
        assertThat(tickets().stateOf(OWNER, opened.ticket().id())).isEqualTo(TicketState.USED);
    }

    @Test
    void aNewValueOfASecretBecomesAVersion() {
        test.create("token", "the old value");

        use(open(UPDATE));

        assertThat(token().version()).isEqualTo(2);
        assertThat(test.opened("token")).isEqualTo(VALUE);
    }

    @Test
    void aConfigurationGetsItsKeyAndThePersonSeesWhoItIsSentTo() {
        test.configure("chat", "openai", "https://llm.example.com/v1");
        OpenedTicket opened = open(EntryRequest.setKey(CHAT));

        Awaited present = tickets().look(OWNER, LOCAL, opened.secret()).present();
        assertThat(present.provider()).isEqualTo("OpenAI");
        assertThat(String.valueOf(present.endpoint())).isEqualTo("https://llm.example.com/v1");
        assertThat(String.valueOf(present.keysUrl())).startsWith("https://platform.openai.com/");

        tickets().use(OWNER, LOCAL, opened.secret(), SecretValue.of("sk-A0123456789abcdef"), null);

        assertThat(test.vault().llmConfigurations().get(OWNER, CHAT).key()).isNotNull();
    }

    @Test
    void everyStepIsAnEventAndNoneHoldsTheTicketOrTheValue() {
        OpenedTicket[] opened = new OpenedTicket[1];
        assertThat(test.eventsOf(() -> opened[0] = open(CREATE))).containsExactly("entry.open token done");
        assertThat(test.eventsOf(() -> tickets().look(OWNER, LOCAL, opened[0].secret())))
                .isEmpty();
        assertThat(test.eventsOf(() -> use(opened[0])))
                .containsExactly("secret.create token done", "entry.use token done");
        assertThat(test.eventsOf(() -> refused(OWNER, LOCAL, opened[0].secret())))
                .containsExactly("entry.use token denied");
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
        assertThat(test.rows("SELECT ticket_hash || id || name FROM entry_tickets"))
                .noneMatch(row -> row.contains(opened[0].secret()));
        assertThat(opened[0].toString()).doesNotContain(opened[0].secret());
    }

    @Test
    void aTicketIsGoodForOneValue() {
        OpenedTicket opened = open(CREATE);
        use(opened);

        assertThat(refused(OWNER, LOCAL, opened.secret()).code()).isEqualTo(ErrorCode.ENTRY_EXPIRED);
        assertThat(token().version()).isEqualTo(1);
    }

    @Test
    void ofFiftyWhoUseATicketAtOnceOneStores() throws Exception {
        OpenedTicket opened = open(CREATE);
        CyclicBarrier together = new CyclicBarrier(50);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try (Vault another = test.another()) {
            List<Callable<Boolean>> submissions = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                EntryTickets through = i % 2 == 0 ? tickets() : another.entryTickets();
                SecretValue value = SecretValue.of("value number " + i);
                submissions.add(() -> {
                    together.await();
                    return isStored(() -> through.use(OWNER, LOCAL, opened.secret(), value, null));
                });
            }
            int stored = 0;
            for (Future<Boolean> submission : threads.invokeAll(submissions)) {
                stored += submission.get() ? 1 : 0;
            }
            assertThat(stored).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(token().version()).isEqualTo(1);
        assertThat(test.events()).filteredOn("entry.use token done"::equals).hasSize(1);
        assertThat(test.events()).filteredOn("entry.use token denied"::equals).hasSize(49);
    }

    private static boolean isStored(Runnable submission) {
        try {
            submission.run();
            return true;
        } catch (VaultException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.ENTRY_EXPIRED);
            return false;
        }
    }

    @Test
    void aTicketLastsTenMinutes() {
        OpenedTicket opened = open(CREATE);
        test.clock.advance(EntryTickets.LIFE.minusMillis(1));
        assertThat(tickets().look(OWNER, LOCAL, opened.secret()).ticket().expiresAt())
                .isEqualTo(test.clock.instant().plusMillis(1));

        test.clock.advance(Duration.ofMillis(1));

        assertThat(refused(OWNER, LOCAL, opened.secret()).code()).isEqualTo(ErrorCode.ENTRY_EXPIRED);
        assertThat(test.eventsOf(() -> assertThat(
                                tickets().stateOf(OWNER, opened.ticket().id()))
                        .isEqualTo(TicketState.EXPIRED)))
                .containsExactly("entry.expire token done");
        assertThat(test.eventsOf(() -> tickets().stateOf(OWNER, opened.ticket().id())))
                .isEmpty();
    }

    @Test
    void aTicketThatNobodyAsksAboutIsWrittenDownAsExpiredByTheNextOneOrTheNextStart() {
        open(CREATE);
        test.clock.advance(EntryTickets.LIFE);
        assertThat(test.eventsOf(() -> open(CREATE)))
                .containsExactly("entry.expire token done", "entry.open token done");
        test.clock.advance(EntryTickets.LIFE);
        assertThat(test.eventsOf(test::reopen)).containsExactly("entry.expire token done");
    }

    @Test
    void whatEndedADayAgoIsForgotten() {
        use(open(CREATE));
        test.clock.advance(EntryTickets.LIFE.plusDays(1).plusMillis(1));
        open(UPDATE);

        assertThat(test.rows("SELECT purpose FROM entry_tickets")).containsExactly("update_secret");
    }

    @Test
    void aTicketIsForItsSubjectItsTenantAndItsPageAndStaysGoodForThem() {
        OpenedTicket opened = open(CREATE);
        Actor colleague = new Actor("bert", ACME, Set.of(Role.OWNER), Channel.REST, null);
        List<VaultException> refusals = List.of(
                refused(colleague, LOCAL, opened.secret()),
                refused(STRANGER, LOCAL, opened.secret()),
                refused(OWNER, CONSOLE, opened.secret()),
                refused(OWNER, LOCAL, "x".repeat(43)),
                refused(OWNER, LOCAL, opened.ticket().id()),
                refusal(() -> tickets().look(colleague, LOCAL, opened.secret())),
                refusal(() -> tickets().stateOf(colleague, opened.ticket().id())),
                refusal(() -> tickets().decline(STRANGER, opened.ticket().id())));

        assertThat(refusals)
                .allSatisfy(e -> assertThat(e.code()).isEqualTo(ErrorCode.ENTRY_EXPIRED))
                .extracting(VaultException::text)
                .containsOnly(refusals.get(0).text());
        use(opened);
        assertThat(test.opened("token")).isEqualTo(VALUE);
    }

    @Test
    void anEventTellsTheOwnersTenantWhoCameInVain() {
        OpenedTicket opened = open(CREATE);
        Actor intruder = new Actor("mallory", TestVault.RIVAL, Set.of(Role.OWNER), Channel.REST, null);

        assertThat(test.eventsOf(() -> refused(intruder, LOCAL, opened.secret())))
                .containsExactly("entry.use token denied");
        assertThat(test.rows("SELECT subject FROM audit_events WHERE outcome = 'denied'"))
                .containsExactly("mallory");
    }

    @Test
    void whoLostThePermissionSinceCannotStore() {
        OpenedTicket opened = open(CREATE);
        Actor demoted = TestVault.actor(ACME, Role.VIEWER);

        assertThat(refused(demoted, LOCAL, opened.secret()).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        use(opened);
    }

    @Test
    void aPlanThatLostItsKeysSinceStoresNoneAndTheTicketStays() {
        OpenedTicket opened = open(EntryRequest.create(new SecretName("provider_key_groq"), null, null));
        test.downgrade();

        assertThat(refused(OWNER, LOCAL, opened.secret()).code()).isEqualTo(ErrorCode.BYOK_NOT_ON_PLAN);
        assertThat(tickets().stateOf(OWNER, opened.ticket().id())).isEqualTo(TicketState.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"••••••••", "****", "sk-ant-REDACTED", "not a key at all"})
    void aValueThatIsRefusedLeavesTheTicketOpen(String typed) {
        OpenedTicket opened = open(EntryRequest.create(new SecretName("provider_key_openai"), null, null));

        assertThat(refusal(() -> tickets().use(OWNER, LOCAL, opened.secret(), SecretValue.of(typed), null))
                        .field())
                .isEqualTo("value");
        assertThat(test.rows("SELECT name FROM secrets")).isEmpty();

        tickets().use(OWNER, LOCAL, opened.secret(), SecretValue.of(" sk-A0123456789abcdef\n"), null);
        assertThat(test.opened("provider_key_openai")).isEqualTo(SecretValue.of("sk-A0123456789abcdef"));
    }

    @Test
    void nobodyIsAskedForWhatCouldNotBeStored() {
        test.create("token", "there already");
        assertThat(refusal(() -> open(CREATE)).code()).isEqualTo(ErrorCode.SECRET_EXISTS);
        assertThat(refusal(() -> open(EntryRequest.update(new SecretName("absent"))))
                        .code())
                .isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        assertThat(refusal(() -> open(EntryRequest.setKey(CHAT))).code()).isEqualTo(ErrorCode.CONFIG_NOT_FOUND);
        assertThat(refusal(() -> open(EntryRequest.create(new SecretName("x"), Category.LLM_PROVIDER, null)))
                        .code())
                .isEqualTo(ErrorCode.INVALID_NAME);
        assertThat(refusal(() -> open(EntryRequest.create(new SecretName("provider_key_nobody"), null, null)))
                        .code())
                .isEqualTo(ErrorCode.PROVIDER_UNKNOWN);
        test.downgrade();
        assertThat(refusal(() -> open(EntryRequest.create(new SecretName("provider_key_groq"), null, null)))
                        .code())
                .isEqualTo(ErrorCode.BYOK_NOT_ON_PLAN);
        assertThat(test.rows("SELECT id FROM entry_tickets")).isEmpty();
    }

    @Test
    void aDeclinedTicketIsOfNoUseAndAUsedOneCannotBeDeclined() {
        OpenedTicket declined = open(CREATE);
        assertThat(test.eventsOf(() -> assertThat(
                                tickets().decline(OWNER, declined.ticket().id()))
                        .isEqualTo(TicketState.DECLINED)))
                .containsExactly("entry.decline token done");
        assertThat(refused(OWNER, LOCAL, declined.secret()).code()).isEqualTo(ErrorCode.ENTRY_EXPIRED);

        OpenedTicket used = open(CREATE);
        use(used);
        assertThat(tickets().decline(OWNER, used.ticket().id())).isEqualTo(TicketState.USED);
    }

    @Test
    void oneSubjectHasAtMostFiftyOpen() {
        for (int i = 0; i < EntryTickets.MOST_OPEN; i++) {
            open(EntryRequest.create(new SecretName("s" + i), null, null));
        }
        assertThat(refusal(() -> open(CREATE)).code()).isEqualTo(ErrorCode.CONFLICT);

        Actor colleague = new Actor("bert", ACME, Set.of(Role.OWNER), Channel.MCP, null);
        tickets().open(colleague, LOCAL, CREATE);
        test.clock.advance(EntryTickets.LIFE);
        open(CREATE);
    }

    @Test
    void anAliasOfAProviderIsTheProviderItself() {
        OpenedTicket opened = open(EntryRequest.create(new SecretName("provider_key_gemini"), null, null));
        assertThat(opened.ticket().name()).isEqualTo("provider_key_google");
        assertThat(tickets().look(OWNER, LOCAL, opened.secret()).present().provider())
                .isEqualTo("Google Gemini");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject = 'anna'",
                "tenant = 'acme'",
                "name = 'another'",
                "page = 'local'",
                "purpose = 'update_secret'",
                "revision = 7",
                "expires_at = expires_at + 60000",
                "description = 'x'"
            })
    void whoCanWriteTheDatabaseAloneCannotMakeOrBendATicket(String change) throws Exception {
        Actor mallory = new Actor("mallory", TestVault.RIVAL, Set.of(Role.OWNER), Channel.MCP, null);
        OpenedTicket opened = tickets().open(mallory, CONSOLE, CREATE);
        assertThat(test.execute("UPDATE entry_tickets SET " + change)).isEqualTo(1);

        for (Actor visitor : List.of(mallory, OWNER)) {
            for (EntryPage page : EntryPage.values()) {
                assertThat(refused(visitor, page, opened.secret()).code()).isEqualTo(ErrorCode.ENTRY_EXPIRED);
            }
        }
        assertThat(test.rows("SELECT id FROM secrets")).isEmpty();
    }

    @Test
    void theOtherProcessOnTheVaultSeesTheSameTickets() {
        OpenedTicket opened = tickets().open(OWNER, CONSOLE, CREATE);
        try (Vault another = test.another()) {
            another.entryTickets().use(OWNER, CONSOLE, opened.secret(), OTHER, null);
        }
        assertThat(tickets().stateOf(OWNER, opened.ticket().id())).isEqualTo(TicketState.USED);
        assertThat(test.opened("token")).isEqualTo(OTHER);
    }
}
