package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.refusal;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.payer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.provider.ProviderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsageReportsTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    private void request(Payer payer, Quote quote, Outcome outcome) {
        Ledger ledger = test.vault().ledger();
        String id = ledger.newRequestId();
        ledger.reserve(payer, id, quote, LIFE);
        ledger.settle(payer.actor().tenant(), id, outcome);
    }

    private static Quote quote(
            String provider, String model, @Nullable String configuration, CredentialSource credential) {
        return new Quote(new ProviderId(provider), model, configuration, credential, new Tokens(9, 90, 0), 1_000L);
    }

    private static Outcome outcome(int status, long tokens, @Nullable Long cost, long latency) {
        return new Outcome(status, 1, new Tokens(tokens, tokens * 2, 1), cost, latency, latency / 10, true, false);
    }

    private UsageReport report(@Nullable UsageGrouping by) {
        return test.vault().usage().report(OWNER, UsageQuery.of(null, null, by, test.clock.instant()));
    }

    private List<String> groups(UsageGrouping by) {
        return report(by).groups().stream()
                .map(group -> group.group() + "=" + group.requests() + "/" + group.microUsd())
                .toList();
    }

    /** Three requests on two days with two keys and one without, of two providers. */
    private Payer threeRequests() {
        Payer jobs = payer(test, "jobs", 10_000L);
        request(jobs, quote("openai", "gpt-4.1", "chat", CredentialSource.BYOK), outcome(200, 10, 300L, 100));
        test.clock.advance(Duration.ofDays(1));
        request(
                payer(test, "web", null),
                quote("anthropic", "claude/opus", null, CredentialSource.POOL),
                outcome(503, 0, 0L, 900));
        request(
                new Payer(TestVault.actor(ACME, Role.MEMBER), null),
                quote("openai", "o3", "chat", CredentialSource.BYOK),
                outcome(200, 20, 50L, 500));
        return jobs;
    }

    @Test
    void usageIsAddedUpByEachGrouping() {
        Payer jobs = threeRequests();
        assertThat(groups(UsageGrouping.MODEL))
                .containsExactly("openai/gpt-4.1=1/300", "openai/o3=1/50", "anthropic/claude/opus=1/0");
        assertThat(groups(UsageGrouping.PROVIDER)).containsExactly("openai=2/350", "anthropic=1/0");
        assertThat(groups(UsageGrouping.CONFIG)).containsExactly("chat=2/350", "null=1/0");
        assertThat(groups(UsageGrouping.CREDENTIAL)).containsExactly("byok=2/350", "pool=1/0");
        assertThat(groups(UsageGrouping.DAY)).containsExactly("2026-11-22=1/300", "2026-11-23=2/50");
        assertThat(groups(UsageGrouping.GATEWAY_KEY)).startsWith(jobs.keyId() + "=1/300", "null=1/50");
    }

    @Test
    void theWholeIsThereWhateverTheGrouping() {
        threeRequests();
        UsageGroup whole = report(null).whole();
        assertThat(report(null).groups()).isEmpty();
        assertThat(report(UsageGrouping.DAY).whole()).isEqualTo(whole);
        assertThat(whole.requests()).isEqualTo(3);
        assertThat(whole.failed()).isEqualTo(1);
        assertThat(whole.microUsd()).isEqualTo(350);
        assertThat(whole.tokens()).isEqualTo(new Tokens(30, 60, 3));
        assertThat(whole.latency()).isEqualTo(new Percentiles(500L, 900L, 900L));
        assertThat(whole.group()).isNull();
    }

    @Test
    void aKeyHasItsNameAlsoWhenItIsDeleted() {
        threeRequests();
        test.vault().gatewayKeys().delete(OWNER, new GatewayKeyName("jobs"));
        assertThat(report(UsageGrouping.GATEWAY_KEY).groups())
                .extracting(UsageGroup::name)
                .containsExactly("jobs", null, "web");
    }

    @Test
    void percentilesAreTheNearestRankAndLeaveOutWhatIsNotKnown() {
        Payer jobs = payer(test, "jobs", null);
        for (int i = 200; i >= 1; i--) {
            request(jobs, quote("openai", "m", null, CredentialSource.BYOK), outcome(200, 1, null, i * 10L));
        }
        Ledger ledger = test.vault().ledger();
        ledger.reserve(
                jobs, ledger.newRequestId(), quote("openai", "m", null, CredentialSource.BYOK), Duration.ofMillis(1));
        test.clock.advance(Duration.ofMillis(1));
        ledger.sweepEverywhere();
        UsageGroup whole = report(UsageGrouping.MODEL).groups().get(0);
        assertThat(whole.requests()).isEqualTo(201);
        assertThat(whole.failed()).isEqualTo(1);
        assertThat(whole.estimated()).isEqualTo(201);
        assertThat(whole.latency()).isEqualTo(new Percentiles(1_000L, 1_900L, 1_980L));
        assertThat(whole.firstByte()).isEqualTo(new Percentiles(100L, 190L, 198L));
    }

    @Test
    void anUnknownCostIsCountedAndIsNotFree() {
        Payer jobs = payer(test, "jobs", null);
        Quote unpriced = new Quote(new ProviderId("ollama"), "m", null, CredentialSource.BYOK, Tokens.NONE, null);
        request(jobs, unpriced, outcome(200, 1, null, 1));
        assertThat(report(null).whole().unpriced()).isEqualTo(1);
        assertThat(report(null).whole().microUsd()).isZero();
    }

    @Test
    void nothingIsAddedUpToNothing() {
        UsageReport report = report(UsageGrouping.DAY);
        assertThat(report.groups()).isEmpty();
        assertThat(report.whole().requests()).isZero();
        assertThat(report.whole().latency()).isEqualTo(new Percentiles(null, null, null));
    }

    @Test
    void onlyWhatBeganInTheTimeCounts() {
        threeRequests();
        Instant midnight = Instant.parse("2026-11-23T00:00:00Z");
        UsageQuery before = UsageQuery.of(null, midnight, null, test.clock.instant());
        UsageQuery after = UsageQuery.of(midnight, null, null, test.clock.instant());
        assertThat(test.vault().usage().report(OWNER, before).whole().requests())
                .isEqualTo(1);
        assertThat(test.vault().usage().report(OWNER, after).whole().requests()).isEqualTo(2);
        assertThat(refusal(() -> UsageQuery.of(midnight, midnight, null, midnight))
                        .code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> UsageQuery.of(midnight, midnight.plus(Duration.ofDays(401)), null, midnight))
                        .code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> UsageGrouping.of("colour")).field()).isEqualTo("group_by");
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        threeRequests();
        UsageQuery all = UsageQuery.of(null, null, UsageGrouping.GATEWAY_KEY, test.clock.instant());
        assertThat(test.vault().usage().report(STRANGER, all).groups()).isEmpty();
        assertThat(test.vault().usage().report(STRANGER, all).whole().requests())
                .isZero();
    }

    @Test
    void tooManyGroupsAreTheCostliestOnes() {
        Payer jobs = payer(test, "jobs", null);
        for (int i = 0; i < UsageReport.MOST_GROUPS + 1; i++) {
            request(jobs, quote("openai", "m" + i, null, CredentialSource.BYOK), outcome(200, 1, (long) i, 1));
        }
        UsageReport report = report(UsageGrouping.MODEL);
        assertThat(report.truncated()).isTrue();
        assertThat(report.groups()).hasSize(UsageReport.MOST_GROUPS);
        assertThat(report.groups().get(0).group()).isEqualTo("openai/m1000");
        assertThat(report.whole().requests()).isEqualTo(UsageReport.MOST_GROUPS + 1);
    }
}
