package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Caller.Answer;
import dev.chatelaine.vault.access.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowCallersIT {
    private static final int SLOW = 500;
    private static final int OTHERS = 4;

    /** Slow ones are cut off after some seconds; a round that took longer than that is done again. */
    private static final int ROUNDS = 20;

    @TempDir
    private Path home;

    @Test
    void allOthersAreAnsweredRightlyWhileHundredsAreOpenThatSendAByteASecond() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(OTHERS);
        try (Instance served = Instance.start(home, List.of("acme"))) {
            String token = served.token("acme", "ada", Role.OWNER);
            List<Other> others = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                others.add(new Other(new Caller(served.service().address()), token, "other" + i));
            }
            boolean allOpen = false;
            try (SlowCallers slow = new SlowCallers(served.service().address().getPort(), token, SLOW)) {
                for (int round = 0; round < ROUNDS && !allOpen; round++) {
                    slow.mend();
                    work(threads, others, round);
                    allOpen = slow.open() == SLOW;
                }
            }
            assertThat(allOpen)
                    .as("a round during which every slow one stayed open")
                    .isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void work(ExecutorService threads, List<Other> others, int round) throws Exception {
        List<Future<?>> working = new ArrayList<>();
        for (Other other : others) {
            working.add(threads.submit(() -> other.work(round)));
        }
        for (Future<?> one : working) {
            one.get(2, TimeUnit.MINUTES);
        }
    }

    /** Somebody who has done nothing wrong. */
    private static final class Other {
        private final Caller caller;
        private final String token;
        private final String name;
        private final String session;

        Other(Caller caller, String token, String name) {
            this.caller = caller;
            this.token = token;
            this.name = name;
            this.session = caller.session(token);
        }

        void work(int round) {
            String secret = name + "-" + round;
            Answer created =
                    caller.rest(token, "POST", "/api/secrets", "{\"name\":\"" + secret + "\",\"value\":\"a-value\"}");
            assertThat(created.status()).as(created.all()).isEqualTo(201);
            Answer got =
                    caller.tool(token, session, "manage_secrets", "{\"action\":\"get\",\"name\":\"" + secret + "\"}");
            assertThat(got.result().at("/structuredContent/secret/name").asString(""))
                    .as(got.all())
                    .isEqualTo(secret);
            Answer deleted = caller.tool(
                    token, session, "manage_secrets", "{\"action\":\"delete\",\"name\":\"" + secret + "\"}");
            assertThat(deleted.result().path("isError").booleanValue(true))
                    .as(deleted.all())
                    .isFalse();
            assertThat(caller.rest(token, "GET", "/api/secrets/" + secret, "").status())
                    .isEqualTo(404);
        }
    }
}
