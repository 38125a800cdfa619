package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Caller.Answer;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditEvent;
import dev.chatelaine.vault.audit.AuditPage;
import dev.chatelaine.vault.audit.AuditQuery;
import dev.chatelaine.vault.audit.AuditVerification;
import dev.chatelaine.vault.secret.SecretQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many connections, on each of which two tenants take turns, by REST and by MCP. Every name and every value's end carry
 * their tenant's mark, so that a part of an answer that went astray would be known for what it is.
 */
class ParallelTenantsIT {
    private static final int CONNECTIONS = 64;
    private static final int TENANTS = 20;

    /** In capitals, which no id, no time and no code that the server makes has. */
    private static final List<String> MARKS = IntStream.range(0, TENANTS)
            .mapToObj(tenant -> String.format(Locale.ROOT, "QX%02d", tenant))
            .toList();

    @TempDir
    private Path home;

    @Test
    void tenantsWhoCallAtOnceSeeTheirOwnAndEveryEffectIsInTheAudit() throws Exception {
        List<Party> parties = new ArrayList<>();
        List<Long> before = new ArrayList<>();
        try (Instance served = Instance.start(home, MARKS)) {
            Caller caller = new Caller(served.service().address());
            served.operate(vault -> MARKS.stream()
                    .map(mark -> party(served, vault, caller, mark))
                    .map(parties::add)
                    .toList());
            parties.forEach(party -> before.add(verified(served, party).events()));
            storm(served, parties);
        }
        assertThat(parties.stream().mapToInt(Party::requests).sum()).isGreaterThanOrEqualTo(1_000);
        try (Instance again = Instance.start(home, List.of())) {
            for (int i = 0; i < TENANTS; i++) {
                Party party = parties.get(i);
                AuditVerification found = verified(again, party);
                assertThat(found.faults()).as(party.mark()).isEmpty();
                assertThat(found.events() - before.get(i))
                        .as("events of " + party.mark())
                        .isEqualTo(party.effects());
                again.operate(vault -> assertOnlyItsOwn(vault, party));
            }
        }
    }

    private static Party party(Instance served, Vault vault, Caller caller, String mark) {
        String token = served.token(vault, mark, "ada@" + mark, Role.OWNER);
        Answer first = caller.rest(token, "POST", "/api/secrets", Party.secret(mark + "-first", mark));
        assertThat(first.status()).as(first.all()).isEqualTo(201);
        return new Party(
                mark, token, caller.session(token), first.json().path("id").stringValue());
    }

    private static void storm(Instance served, List<Party> parties) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        CyclicBarrier start = new CyclicBarrier(CONNECTIONS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                running.add(threads.submit(() -> {
                    Caller caller = new Caller(served.service().address());
                    start.await(60, TimeUnit.SECONDS);
                    converse(caller, parties, connection);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(5, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Two tenants take turns on one connection, so that what one left there the other would find. */
    private static void converse(Caller caller, List<Party> parties, int connection) {
        Party one = parties.get(connection % TENANTS);
        Party other = parties.get((connection + 7) % TENANTS);
        Party foreign = parties.get((connection + 11) % TENANTS);
        List<Conversation> lanes = List.of(
                new Conversation(caller, MARKS, one, foreign, connection + "a"),
                new Conversation(caller, MARKS, other, foreign, connection + "b"));
        for (int step = 0; step < Conversation.STEPS; step++) {
            for (Conversation lane : lanes) {
                lane.step(step);
            }
        }
    }

    private static AuditVerification verified(Instance served, Party party) {
        return served.operate(vault -> vault.audit().verify(new TenantId(party.mark())));
    }

    /** What is stored, and the audit of it, tells of nobody else. */
    private static Party assertOnlyItsOwn(Vault vault, Party party) {
        assertThat(vault.secrets()
                        .list(Instance.operator(party.mark()), SecretQuery.all())
                        .secrets())
                .isNotEmpty()
                .allSatisfy(secret -> {
                    assertThat(secret.name().value()).startsWith(party.mark() + "-");
                    assertThat(secret.hint()).isEqualTo(party.mark());
                });
        AuditPage page = vault.audit()
                .events(
                        Instance.operator(party.mark()),
                        new AuditQuery("ada@" + party.mark(), null, null, null, null, 200, null));
        assertThat(page.events())
                .extracting(AuditEvent::target)
                .isNotEmpty()
                .allMatch(target -> target.startsWith(party.mark() + "-"));
        assertThat(page.events()).extracting(AuditEvent::channel).contains("rest", "mcp");
        return party;
    }
}
