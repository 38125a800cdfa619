package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretConcurrencyTest {
    private static final int THREADS = 32;

    @RegisterExtension
    final TestVault test = new TestVault();

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void ofManyThatCreateOneNameOneWins() throws Exception {
        List<String> ended = atOnce(i -> () -> {
            try {
                test.create("token", "value " + i);
                return "stored " + i;
            } catch (VaultException e) {
                return e.code().code();
            }
        });

        assertThat(ended).filteredOn(ErrorCode.SECRET_EXISTS.code()::equals).hasSize(THREADS - 1);
        String winner = ended.stream()
                .filter(end -> end.startsWith("stored "))
                .findFirst()
                .orElseThrow();
        assertThat(test.opened("token")).isEqualTo(SecretValue.of(winner.replace("stored", "value")));
        assertThat(test.rows("SELECT COUNT(*) FROM secret_versions")).containsExactly("1");
    }

    @Test
    void updatesOfOneSecretLoseNoneAndCountOn() throws Exception {
        test.create("token", "first");

        List<String> versions = atOnce(i -> () -> Long.toString(test.vault()
                .secrets()
                .update(OWNER, new SecretName("token"), new SecretChange(SecretValue.of("value " + i), null, null))
                .version()));

        assertThat(versions)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(2, 2 + THREADS)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(test.vault().audit().verify(TestVault.ACME).clean()).isTrue();
    }

    @Test
    void ofManyThatRestoreOneOfSeveralOneWins() throws Exception {
        for (int i = 0; i < 3; i++) {
            test.create("token", "value " + i);
            test.vault().secretHistory().delete(OWNER, new SecretName("token"));
        }

        List<String> ended = atOnce(i -> () -> {
            try {
                return test.vault()
                        .secretHistory()
                        .restore(OWNER, new SecretName("token"))
                        .id();
            } catch (VaultException e) {
                return "refused";
            }
        });

        assertThat(ended).filteredOn("refused"::equals).hasSize(THREADS - 1);
        assertThat(test.rows("SELECT COUNT(*) FROM secrets WHERE deleted_at IS NULL"))
                .containsExactly("1");
    }

    private List<String> atOnce(IntFunction<Callable<String>> work) throws Exception {
        List<Future<String>> ends =
                threads.invokeAll(IntStream.range(0, THREADS).mapToObj(work).toList());
        List<String> answers = new ArrayList<>();
        for (Future<String> end : ends) {
            answers.add(Objects.requireNonNull(end.get()));
        }
        return answers;
    }
}
