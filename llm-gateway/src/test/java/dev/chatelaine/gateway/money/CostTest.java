package dev.chatelaine.gateway.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.provider.Model.LongPrompt;
import dev.chatelaine.vault.provider.Model.Price;
import dev.chatelaine.vault.provider.ModelQuirks;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.provider.Tier;
import java.math.BigInteger;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CostTest {
    private static final Price MINI = new Price(400_000, 100_000, 1_600_000);
    private static final int TRIES = 1_000;

    @Test
    void eachKindOfTokenHasItsPrice() {
        assertThat(Cost.of(MINI, new Usage(1_000_000, 0, 0, 0))).isEqualTo(400_000);
        assertThat(Cost.of(MINI, new Usage(1_000_000, 1_000_000, 0, 0))).isEqualTo(100_000);
        assertThat(Cost.of(MINI, new Usage(0, 0, 0, 1_000_000))).isEqualTo(1_600_000);
        assertThat(Cost.of(new Price(4, 1, 20, 5), new Usage(3_000_000, 1_000_000, 1_000_000, 1_000_000)))
                .isEqualTo(4 + 1 + 5 + 20);
    }

    @Test
    void aPartOfAMicroDollarIsAWholeOneOncePerRequest() {
        assertThat(Cost.of(MINI, new Usage(1, 0, 0, 0))).isEqualTo(1);
        assertThat(Cost.of(MINI, new Usage(1, 0, 0, 1))).isEqualTo(2);
        assertThat(Cost.of(MINI, Usage.NONE)).isZero();
    }

    @Test
    void whatIsMoreThanALongHoldsIsTheMost() {
        assertThat(Cost.of(new Price(Long.MAX_VALUE, 0, 0), new Usage(1 << 30, 0, 0, 0)))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLongPromptHasItsOwnPriceForAllTokens() {
        Model model = model(new LongPrompt(200_000, new Price(800_000, 200_000, 3_200_000)));

        assertThat(Cost.of(model, new Usage(200_000, 0, 0, 0))).hasValue(80_000);
        assertThat(Cost.of(model, new Usage(200_001, 0, 0, 1))).hasValue(160_004 + 1 - 1);
    }

    @Test
    void anUnknownPriceIsNotFree() {
        Model unpriced = new Model(new ProviderId("openai"), "m", Tier.PREMIUM, null, null, null);

        assertThat(Cost.of(unpriced, new Usage(1, 0, 0, 1))).isEmpty();
        assertThat(Cost.atMost(unpriced, 1, 1)).isEmpty();
    }

    @Test
    void noUsageCostsMoreThanTheMostOfIt() {
        for (long seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            long prompt = upTo(10_000_000, random);
            long completion = upTo(10_000_000, random);
            long input = upTo(100_000_000, random);
            long output = upTo(100_000_000, random);
            Model model = model(new LongPrompt(5_000_000, new Price(input, input / 10, output, input * 5 / 4)));
            Usage usage = Usage.cut(prompt, upTo(10_000_000, random), upTo(10_000_000, random), completion);

            assertThat(Cost.of(model, usage).orElseThrow())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(Cost.atMost(model, prompt, completion).orElseThrow());
        }
    }

    @Test
    void theSumOfPartsIsNeverLessThanTheWhole() {
        for (long seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            long one = upTo(1L << 40, random);
            long two = upTo(1L << 40, random);
            long apart = Cost.of(MINI, new Usage(one, 0, 0, 0)) + Cost.of(MINI, new Usage(two, 0, 0, 0));
            long together = Cost.of(MINI, new Usage(one + two, 0, 0, 0));

            assertThat(apart - together).as("seed %d", seed).isBetween(0L, 1L);
            assertThat(BigInteger.valueOf(together))
                    .as("seed %d", seed)
                    .isEqualTo(BigInteger.valueOf(one + two)
                            .multiply(BigInteger.valueOf(400_000))
                            .add(BigInteger.valueOf(999_999))
                            .divide(BigInteger.valueOf(1_000_000)));
        }
    }

    @Test
    void usageIsReadInEachProvidersShape() {
        assertThat(
                        usage(
                                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":4}}"))
                .isEqualTo(new Usage(10, 4, 0, 5));
        assertThat(usage("{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_cache_hit_tokens\":3}"))
                .isEqualTo(new Usage(10, 3, 0, 5));
        assertThat(usage("{\"prompt_tokens\":7,\"total_tokens\":7}")).isEqualTo(new Usage(7, 0, 0, 0));
        assertThat(
                        usage(
                                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":35,\"completion_tokens_details\":{\"reasoning_tokens\":20}}"))
                .isEqualTo(new Usage(10, 0, 0, 25));
        assertThat(usage("{}")).isNull();
        assertThat(usage("null")).isNull();
    }

    @Test
    void absurdCountsArePutRight() {
        assertThat(
                        usage(
                                "{\"prompt_tokens\":5,\"completion_tokens\":-1,\"prompt_tokens_details\":{\"cached_tokens\":9}}"))
                .isEqualTo(new Usage(5, 5, 0, 0));
        assertThat(usage("{\"prompt_tokens\":1e300,\"completion_tokens\":1}")).isEqualTo(new Usage(1L << 40, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Usage(1, 1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Usage(0, 0, 0, -1));
    }

    private static @Nullable Usage usage(String json) {
        return Usage.fromChat(JsonMapper.shared().readTree(json));
    }

    private static Model model(LongPrompt longPrompt) {
        return new Model(
                new ProviderId("openai"),
                "m",
                Tier.PREMIUM,
                null,
                null,
                MINI,
                longPrompt,
                null,
                null,
                Set.of(),
                ModelQuirks.NONE);
    }

    /** A number from 0 to the most, the ends and small ones more often than chance has them. */
    private static long upTo(long most, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> most;
            case 2 -> random.nextLong(10);
            default -> random.nextLong(most + 1);
        };
    }
}
