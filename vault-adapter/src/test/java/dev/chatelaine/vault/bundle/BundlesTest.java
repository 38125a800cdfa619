package dev.chatelaine.vault.bundle;

import static dev.chatelaine.vault.TestSessions.given;
import static dev.chatelaine.vault.TestSessions.keys;
import static dev.chatelaine.vault.TestSessions.values;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundlesTest {
    private static final BundleName BOT = new BundleName("bot");

    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a_b", "a.b", "a b", "a/b", "ä", "a\n", "a\0"})
    void aNameIsLowerCaseLettersDigitsAndHyphens(String name) {
        assertThat(refusal(() -> new BundleName(name)).code()).isEqualTo(ErrorCode.INVALID_NAME);
    }

    @Test
    void aNameHas63CharactersAtMost() {
        assertThat(new BundleName("0" + "a-".repeat(31)).value()).hasSize(63);
        assertThat(refusal(() -> new BundleName("a".repeat(64))).code()).isEqualTo(ErrorCode.INVALID_NAME);
    }

    @Test
    void theFiftyFirstIsRefusedUntilOneIsDeleted() {
        IntStream.range(0, 50).forEach(i -> bench.create("bot-" + i, "A", "value"));

        assertThat(refusal(() -> bench.create("bot-50", "A", "value")).code())
                .isEqualTo(ErrorCode.BUNDLE_QUOTA_EXCEEDED);
        assertThat(test.vault().bundles().list(OWNER)).hasSize(50);
        bench.create(STRANGER, "bot-50", "A", "value");
        bench.delete("bot-7");
        bench.create("bot-50", "A", "value");
        assertThat(refusal(() -> bench.create("bot-51", "A", "value")).code())
                .isEqualTo(ErrorCode.BUNDLE_QUOTA_EXCEEDED);
    }

    @Test
    void theDatabaseHasNoPlaceForAFiftyFirstEither() throws SQLException {
        IntStream.range(0, 50).forEach(i -> bench.create("bot-" + i, "A", "value"));

        for (int slot : new int[] {0, 1, 50, 51}) {
            assertThatThrownBy(() -> test.execute(bundleIn(slot))).isInstanceOf(SQLException.class);
        }
        bench.delete("bot-0");
        assertThat(test.execute(bundleIn(1))).isEqualTo(1);
    }

    private static String bundleIn(int slot) {
        return "INSERT INTO bundles (id, tenant, slot, name, generation, created_at, created_by)"
                + " VALUES ('bun_x', 'acme', " + slot + ", 'one-more', 1, 0, 'x')";
    }

    @Test
    void theDatabaseHasNoPlaceForAFiftyFirstKeyEither() {
        String[] fifty = IntStream.range(0, 50)
                .boxed()
                .flatMap(i -> List.of("KEY_" + i, "value").stream())
                .toArray(String[]::new);
        bench.create("bot", fifty);
        for (int slot : new int[] {0, 1, 50, 51}) {
            String insert =
                    "INSERT INTO bundle_values (record, bundle_id, tenant, slot, key_name, version, sealed, key_id)"
                            + " SELECT record || 'X', bundle_id, tenant, " + slot
                            + ", key_name || 'X', 1, sealed, key_id"
                            + " FROM bundle_values WHERE key_name = 'KEY_7'";
            assertThatThrownBy(() -> test.execute(insert)).isInstanceOf(SQLException.class);
        }
        bench.replace("bot", "KEY_3", "value", "NEW", "value");
        assertThat(test.rows("SELECT slot FROM bundle_values WHERE key_name = 'NEW'"))
                .containsExactly("1");
    }

    @Test
    void aNameIsTakenOnceInATenant() {
        bench.create("bot", "A", "value");

        assertThat(refusal(() -> bench.create("bot", "B", "other")).code()).isEqualTo(ErrorCode.BUNDLE_EXISTS);

        assertThat(opened("bot")).isEqualTo(given("A", "value"));
        bench.create(STRANGER, "bot", "A", "theirs");
        assertThat(opened("bot")).isEqualTo(given("A", "value"));
    }

    @Test
    void anothersBundleIsNotThere() {
        bench.create(STRANGER, "theirs", "A", "value");
        BundleName theirs = new BundleName("theirs");

        assertUnknown(() -> test.vault().bundles().get(OWNER, theirs));
        assertUnknown(() -> test.vault().bundles().replace(OWNER, theirs, values("A", "mine")));
        assertUnknown(() -> test.vault().bundles().delete(OWNER, theirs));
        assertUnknown(() -> test.vault().bundles().openForRun(OWNER, List.of(theirs)));
        assertUnknown(() -> bench.start("theirs"));
        assertThat(test.vault().bundles().list(OWNER)).isEmpty();
        assertThat(test.vault().bundles().get(STRANGER, theirs).keyNames()).isEqualTo(keys("A"));
    }

    @Test
    void whatIsToldOfOne() {
        Bundle created = bench.create("bot", "B", "value b", "A", "value a");

        assertThat(created.id()).startsWith("bun_");
        assertThat(created.keyNames()).isEqualTo(keys("A", "B"));
        assertThat(created.createdAt()).isEqualTo(test.clock.instant());
        assertThat(created.lastRotatedAt()).isNull();
        assertThat(test.vault().bundles().get(OWNER, BOT)).isEqualTo(created);
        bench.create("able", "A", "value");
        assertThat(test.vault().bundles().list(OWNER))
                .extracting(bundle -> bundle.name().value())
                .containsExactly("able", "bot");
    }

    @Test
    void replacingReplacesAllValuesAndSealsOnlyThoseThatDiffer() {
        bench.create("bot", "A", "one", "B", "two", "C", "three");
        List<String> before =
                test.rows("SELECT record || version || hex(sealed) FROM bundle_values WHERE key_name = 'A'");
        test.clock.advance(Duration.ofMinutes(1));

        Bundle replaced = bench.replace("bot", "A", "one", "B", "TWO", "D", "four");

        assertThat(replaced.keyNames()).isEqualTo(keys("A", "B", "D"));
        assertThat(replaced.lastRotatedAt()).isEqualTo(test.clock.instant());
        assertThat(opened("bot")).isEqualTo(given("A", "one", "B", "TWO", "D", "four"));
        assertThat(test.rows("SELECT record || version || hex(sealed) FROM bundle_values WHERE key_name = 'A'"))
                .isEqualTo(before);
        assertThat(test.rows("SELECT key_name || version FROM bundle_values ORDER BY key_name"))
                .containsExactly("A1", "B2", "D2");
    }

    @Test
    void theSameValuesOnceMoreAreWrittenDownAsARotationAndNoMore() {
        bench.create("bot", "A", "one");
        test.clock.advance(Duration.ofMinutes(1));

        assertThat(test.eventsOf(() -> bench.replace("bot", "A", "one"))).containsExactly("bundle.replace bot done");

        assertThat(test.vault().bundles().get(OWNER, BOT).lastRotatedAt()).isEqualTo(test.clock.instant());
        assertThat(test.rows("SELECT generation FROM bundles")).containsExactly("1");
    }

    @Test
    void aKeyThatComesBackIsSealedForAPlaceOfItsOwn() {
        bench.create("bot", "A", "one", "B", "b");
        bench.replace("bot", "B", "b");
        bench.replace("bot", "A", "one", "B", "b");

        assertThat(opened("bot")).isEqualTo(given("A", "one", "B", "b"));
        assertThat(test.rows("SELECT version FROM bundle_values WHERE key_name = 'A'"))
                .containsExactly("3");
    }

    @Test
    void whatDoesNotOpenIsReplacedByAnythingAndOpenedByNobody() throws SQLException {
        bench.create("bot", "A", "one", "B", "two");
        test.execute("UPDATE bundle_values SET sealed = zeroblob(40) WHERE key_name = 'A'");

        assertThat(refusal(() -> opened("bot")).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(refusal(() -> bench.start("bot")).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(test.vault().bundles().get(OWNER, BOT).keyNames()).isEqualTo(keys("A", "B"));
        bench.replace("bot", "A", "one", "B", "two");
        assertThat(opened("bot")).isEqualTo(given("A", "one", "B", "two"));
    }

    @Test
    void aDeletedOneIsGoneForGoodAndItsNameFree() {
        Bundle created = bench.create("bot", "A", "one");

        assertThat(bench.delete("bot")).isEqualTo(created);

        assertUnknown(() -> test.vault().bundles().get(OWNER, BOT));
        assertUnknown(() -> bench.delete("bot"));
        assertUnknown(() -> bench.replace("bot", "A", "two"));
        assertThat(test.rows("SELECT record FROM bundle_values")).isEmpty();
        assertThat(bench.create("bot", "A", "two").id()).isNotEqualTo(created.id());
    }

    @Test
    void openingForARunIsAllOrNothingAndAnEventForEach() {
        bench.create("bot", "A", "one");
        bench.create("able", "B", "two");
        BundleName able = new BundleName("able");

        assertThat(test.eventsOf(() -> assertThat(test.vault().bundles().openForRun(OWNER, List.of(BOT, able)))
                        .extracting(value -> value.bundle() + " " + value.key())
                        .containsExactly("bot A", "able B")))
                .containsExactly("bundle.reveal bot done", "bundle.reveal able done");
        assertThat(test.eventsOf(() -> assertUnknown(
                        () -> test.vault().bundles().openForRun(OWNER, List.of(BOT, new BundleName("none"))))))
                .isEmpty();
    }

    private Map<KeyName, SecretValue> opened(String name) {
        Map<KeyName, SecretValue> opened = new TreeMap<>();
        test.vault()
                .bundles()
                .openForRun(OWNER, List.of(new BundleName(name)))
                .forEach(value -> opened.put(value.key(), value.value()));
        return opened;
    }

    private static void assertUnknown(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        VaultException refused = refusal(call);
        assertThat(refused.code()).isEqualTo(ErrorCode.BUNDLE_NOT_FOUND);
    }
}
