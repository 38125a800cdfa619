package dev.chatelaine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.TenantId;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutstandingTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");

    private final Outstanding outstanding = new Outstanding();

    @Test
    void whatHasBegunIsThereUntilItIsDone() {
        Runnable one = outstanding.begin(ACME);
        Runnable other = outstanding.begin(ACME);
        outstanding.begin(GLOBEX);
        assertThat(outstanding.of(ACME)).hasSize(2).noneMatch(CompletableFuture::isDone);
        assertThat(outstanding.all()).hasSize(3);
        one.run();
        one.run();
        assertThat(outstanding.of(ACME)).hasSize(1);
        other.run();
        assertThat(outstanding.of(ACME)).isEmpty();
        assertThat(outstanding.all()).hasSize(1);
    }

    @Test
    void whoWaitsHearsOfIt() {
        Runnable done = outstanding.begin(ACME);
        CompletableFuture<Void> waited = outstanding.of(ACME).get(0);
        done.run();
        assertThat(waited).isCompleted();
    }

    @Test
    void nothingIsUnderWayOfWhomNobodyKnows() {
        assertThat(outstanding.of(ACME)).isEmpty();
        assertThat(outstanding.all()).isEmpty();
    }
}
