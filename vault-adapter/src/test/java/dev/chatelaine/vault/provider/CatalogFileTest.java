package dev.chatelaine.vault.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeNamesFileLineAndFault(String yaml, int line, String fault) throws IOException {
        Path file = file(yaml);

        assertThatExceptionOfType(InvalidCatalogException.class)
                .isThrownBy(() -> Catalog.load(file))
                .withMessageStartingWith(file + ", line " + line + ": ")
                .withMessageContaining(fault)
                .satisfies(e -> assertThat(e.line()).isEqualTo(line));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("provider:\n  openai: {}", 1, "unknown field 'provider'; known here: providers, plans, models"),
                mistake("providers:\n  openai:\n    url: x", 3, "unknown field 'url'"),
                mistake("providers:\n  openai: [a]", 2, "expected a mapping"),
                mistake("- providers", 1, "expected a mapping"),
                mistake("providers:\n  openai:\n    base_url: 7", 3, "expected a text"),
                mistake("providers:\n  openai:\n    base_url: ftp://h/v1", 3, "http or https"),
                mistake("providers:\n  openai:\n    base_url: https://u:p@h/v1", 3, "without user"),
                mistake("providers:\n  openai:\n    base_url: 'https://h/v1?a=b'", 3, "without user, query"),
                mistake("providers:\n  openai:\n    base_url: 'https://a b'", 3, "expected a URL"),
                mistake("providers:\n  openai:\n    display_name: ''", 3, "not empty"),
                mistake("providers:\n  openai:\n    models_list: 'yes'", 3, "expected true or false"),
                mistake("providers:\n  openai:\n    protocol: soap", 3, "expected one of: openai, anthropic"),
                mistake("providers:\n  openai:\n    key: {format: prefix}", 3, "prefixes belong to"),
                mistake("providers:\n  openai:\n    key: {prefixes: [a]}", 3, "a key needs a format"),
                mistake("providers:\n  mine:\n    aliases: [gemini]", 3, "the alias 'gemini' is taken"),
                mistake("providers:\n  openai: {}\n  openai: {}", 3, "'openai' is given twice"),
                mistake("providers:\n  google: {}\n  gemini: {display_name: G}", 3, "'google' is given twice"),
                mistake("providers:\n  'my llm': {display_name: G}", 2, "a provider's id is"),
                mistake("providers:\n  openai:\n    base_url: https://h\n    base_url: https://i", 4, "given twice"),
                mistake("plans:\n  core: {tiers: [cheap]}", 2, "expected a tier: economical, premium, flagship"),
                mistake("plans:\n  core: {tiers: [premium, premium]}", 2, "given twice"),
                mistake("plans:\n  core: {tiers: premium}", 2, "expected a list"),
                mistake("plans:\n  core: {byok: 1}", 2, "expected true or false"),
                mistake("plans:\n  core:\n    pool_tokens_per_month: -1", 3, "at least 0"),
                mistake("plans:\n  core:\n    pool_tokens_per_month: 1.5", 3, "expected a whole number"),
                mistake("plans:\n  core:\n    pool_tokens_per_month: 9223372036854775808", 3, "not larger than"),
                mistake("plans:\n  team: {byok: true}", 2, "a new plan needs byok, tiers, pool_tokens_per_month"),
                mistake("models:\n  gpt: {tier: premium}", 2, "a model is named provider/model"),
                mistake("models:\n  nobody/gpt: {tier: premium}", 2, "there is no provider 'nobody'"),
                mistake("models:\n  openai/gpt: {context: 1}", 2, "a new model needs a tier"),
                mistake("models:\n  openai/gpt: {tier: premium, source: x}", 2, "source and as_of belong together"),
                mistake("models:\n  openai/g: {tier: premium, source: x, as_of: May}", 2, "expected a day"),
                mistake("models:\n  openai/g: {tier: premium, long_prompt: {above: 1}}", 2, "above a number of tokens"),
                mistake("providers:\n  groq:\n    prices: {}", 3, "prices have a source and the day"),
                mistake("providers:\n  groq:\n    quirks: {leave_out: [model]}", 3, "nothing without 'model'"),
                mistake("providers:\n  groq:\n    quirks: {leave_out: [n, n]}", 3, "'n' is given twice"),
                mistake("providers:\n  groq:\n    quirks: {stream_usage: maybe}", 3, "asked, always, never"),
                mistake("providers:\n  groq:\n    quirks: {call_ids: ten}", 3, "any, nine"),
                mistake("models:\n  openai/g: {tier: premium, context: 0}", 2, "at least 1"),
                mistake("models:\n  openai/g: {tier: premium, quirks: {leave_out: [stream]}}", 2, "without 'stream'"),
                mistake("models:\n  openai/g: {tier: premium, quirks: {forced_tools: no}}", 2, "true or false"),
                mistake(
                        "models:\n  openai/g: {tier: premium, quirks: {at_most: {n: 1}}}",
                        2,
                        "leave_out, forced_tools"),
                mistake("models:\n  openai/g: {tier: premium, aliases: [g]}", 2, "has the name 'g' already"),
                mistake("models:\n  openai/g: {tier: premium, aliases: [gpt-4o]}", 2, "the name 'gpt-4o' already"),
                mistake("models:\n  openai/g: {tier: premium, aliases: [o3-2025-04-16]}", 2, "already"),
                mistake("models:\n  openai/g: {tier: premium, aliases: [h, h]}", 2, "the name 'h' already"),
                mistake("models:\n  openai/g: {tier: premium, input_micro_usd_per_mtok: 1}", 2, "a price needs both"),
                mistake("models:\n  xai/g: {tier: premium}\n  grok/g: {tier: premium}", 3, "'grok/g' is given twice"),
                mistake("providers:\n  openai: {a: *b}", 2, "not well-formed YAML"),
                mistake("plans:\n  core: {tiers: [economical", 3, "not well-formed YAML"),
                mistake("plans:\n\tcore: {}", 2, "not well-formed YAML"));
    }

    private static Arguments mistake(String yaml, int line, String fault) {
        return Arguments.of(yaml + "\n", line, fault);
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("absent.yaml");

        assertThatExceptionOfType(InvalidCatalogException.class)
                .isThrownBy(() -> Catalog.load(file))
                .withMessage(file + ": cannot be read (NoSuchFileException)");
    }

    @Test
    void aFaultNeverQuotesAValue() throws IOException {
        Path file = file("providers:\n  openai:\n    models_list: sk-proj-canary\n");

        assertThatExceptionOfType(InvalidCatalogException.class)
                .isThrownBy(() -> Catalog.load(file))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("canary").hasNoCause());
    }

    @Test
    void anOversizedFileIsRefused() throws IOException {
        Path file = file("# " + "x".repeat(2_000_000));

        assertThatExceptionOfType(InvalidCatalogException.class)
                .isThrownBy(() -> Catalog.load(file))
                .withMessage(file + ": is longer than 1 MiB");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 0x28, 0, 1, 2});

        assertThatExceptionOfType(InvalidCatalogException.class)
                .isThrownBy(() -> Catalog.load(file))
                .withMessageStartingWith(file.toString());
    }

    @Test
    void aFileOfAliasesThatMultiplyIsRefusedQuickly() throws IOException {
        StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c < 'm'; c++) {
            String last = "*" + (char) (c - 1);
            bomb.append("%c: &%c [%s]\n".formatted(c, c, String.join(", ", Collections.nCopies(10, last))));
        }
        Path file = file(bomb.toString());

        assertThatExceptionOfType(InvalidCatalogException.class).isThrownBy(() -> Catalog.load(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "providers:\n", "{}", "models: {}\n"})
    void anEmptyFileChangesNothing(String yaml) throws IOException {
        assertThat(Catalog.load(file(yaml)).providers())
                .isEqualTo(Catalog.builtIn().providers());
    }

    @Test
    void aFieldOfAProviderIsOverriddenAndTheOthersStay() throws IOException {
        Catalog catalog =
                Catalog.load(file("providers:\n  openai: { base_url: \"https://llm-proxy.example.com/v1/\" }\n"));

        assertThat(catalog.provider("openai").baseUrl()).isEqualTo(URI.create("https://llm-proxy.example.com/v1"));
        assertThat(catalog.provider("openai").displayName()).isEqualTo("OpenAI");
        assertThat(catalog.providers().get(0).id().value()).isEqualTo("openai");
    }

    @Test
    void aNewProviderComesLast() throws IOException {
        Catalog catalog = Catalog.load(file("""
                providers:
                  mine: { display_name: Mine, base_url: 'https://llm.example.com/v1', aliases: [ours],
                    key: { format: prefix, prefixes: ['mine-'] }, models_list: false }
                """));
        Provider mine = catalog.provider("ours");

        assertThat(catalog.providers().get(catalog.providers().size() - 1)).isEqualTo(mine);
        assertThat(mine.secretName()).isEqualTo("provider_key_mine");
        assertThat(mine.keyFormat().shown()).isEqualTo("mine-…");
        assertThat(mine.modelsList()).isFalse();
    }

    @Test
    void aPlanIsChangedFieldByField() throws IOException {
        Plan starter = Catalog.load(file("plans:\n  starter: { byok: true }\n"))
                .plan("starter")
                .orElseThrow();

        assertThat(starter.byok()).isTrue();
        assertThat(starter.tiers()).containsExactly(Tier.ECONOMICAL);
        assertThat(starter.poolTokensPerMonth())
                .isEqualTo(Catalog.builtIn().plan("starter").orElseThrow().poolTokensPerMonth());
    }

    @Test
    void modelsAreReadWithTheirPrices() throws IOException {
        Catalog catalog = Catalog.load(file("""
                models:
                  openai/mini: { tier: economical, context: 1047576, max_output: 32768,
                    input_micro_usd_per_mtok: 400000, cached_input_micro_usd_per_mtok: 100000,
                    output_micro_usd_per_mtok: 1600000 }
                  fireworks/accounts/fireworks/models/kimi: { tier: flagship }
                  gemini/flash: { tier: premium, input_micro_usd_per_mtok: 5, output_micro_usd_per_mtok: 0 }
                """));

        assertThat(catalog.models())
                .endsWith(
                        new Model(
                                new ProviderId("openai"),
                                "mini",
                                Tier.ECONOMICAL,
                                1047576L,
                                32768L,
                                new Model.Price(400_000, 100_000, 1_600_000)),
                        new Model(
                                new ProviderId("fireworks"),
                                "accounts/fireworks/models/kimi",
                                Tier.FLAGSHIP,
                                null,
                                null,
                                null),
                        new Model(
                                new ProviderId("google"), "flash", Tier.PREMIUM, null, null, new Model.Price(5, 5, 0)));
        assertThat(catalog.model(new ProviderId("google"), "flash")).isPresent();
    }

    @Test
    void longPromptsAndTheCacheHavePricesOfTheirOwn() throws IOException {
        Model model = model(file("""
                models:
                  openai/m: { tier: premium, input_micro_usd_per_mtok: 4, cache_write_micro_usd_per_mtok: 5,
                    output_micro_usd_per_mtok: 20, long_prompt: { above: 200000,
                    input_micro_usd_per_mtok: 8, output_micro_usd_per_mtok: 30 } }
                """));

        assertThat(model.price()).isEqualTo(new Model.Price(4, 4, 20, 5));
        assertThat(model.price(200_000)).isEqualTo(new Model.Price(4, 4, 20, 5));
        assertThat(model.price(200_001)).isEqualTo(new Model.Price(8, 8, 30, 8));
    }

    @Test
    void aNewPriceReplacesWhatWasSaidOfLongPromptsAndOfTheSource() throws IOException {
        ProviderId openai = new ProviderId("openai");
        Model before = Catalog.builtIn().model(openai, "gpt-5.5").orElseThrow();
        Model after = Catalog.load(file("models:\n  openai/gpt-5.5: { output_micro_usd_per_mtok: 1 }"))
                .model(openai, "gpt-5.5")
                .orElseThrow();

        assertThat(before.longPrompt()).isNotNull();
        assertThat(before.source()).isNotNull();
        assertThat(after.price()).isEqualTo(new Model.Price(5_000_000, 500_000, 1));
        assertThat(after.longPrompt()).isNull();
        assertThat(after.source()).isNull();
    }

    @Test
    void aPriceSaysWhereItComesFrom() throws IOException {
        String prices = "providers: { openai: { prices: { source: the bill, as_of: 2026-11-22 } } }\n";
        String price = "input_micro_usd_per_mtok: 1, output_micro_usd_per_mtok: 1";
        PriceSource bill = new PriceSource("the bill", LocalDate.of(2026, 11, 22));

        assertThat(model(file(prices + "models: { openai/m: { tier: premium, " + price + " } }"))
                        .source())
                .isEqualTo(bill);
        assertThat(model(file(prices + "models: { openai/m: { tier: premium, " + price
                                + ", source: me, as_of: 2026-01-01 } }"))
                        .source())
                .isEqualTo(new PriceSource("me", LocalDate.of(2026, 1, 1)));
        assertThat(Catalog.load(file(prices))
                        .model(new ProviderId("openai"), "gpt-4.1")
                        .orElseThrow()
                        .source())
                .isNotEqualTo(bill);
    }

    @Test
    void quirksReplaceOneAnother() throws IOException {
        Quirks quirks = Catalog.load(
                        file("providers: { groq: { quirks: { leave_out: [user], stream_usage: never } } }"))
                .provider("groq")
                .quirks();

        assertThat(quirks.leaveOut()).containsExactly("user");
        assertThat(quirks.atMost()).containsEntry("n", 1L);
        assertThat(quirks.streamUsage()).isEqualTo(Quirks.StreamUsage.NEVER);
        assertThat(quirks.roles()).isEmpty();
        assertThat(quirks.callIds()).isEqualTo(Quirks.CallIds.ANY);
    }

    @Test
    void rolesAndIdsOfCallsAreQuirksToo() throws IOException {
        Catalog catalog = Catalog.load(
                file("providers: { groq: { quirks: { roles: {developer: system}, call_ids: nine } }, mistral: {"
                        + " quirks: { roles: {} } } }"));

        assertThat(catalog.provider("groq").quirks().roles()).containsExactly(Map.entry("developer", "system"));
        assertThat(catalog.provider("groq").quirks().callIds()).isEqualTo(Quirks.CallIds.NINE);
        assertThat(catalog.provider("mistral").quirks().roles()).isEmpty();
        assertThat(catalog.provider("mistral").quirks().callIds()).isEqualTo(Quirks.CallIds.NINE);
    }

    @Test
    void aModelHasQuirksOfItsOwnAndOtherNames() throws IOException {
        Catalog catalog = Catalog.load(file(
                "models: { openai/m: { tier: premium, aliases: [m-2026-01-01, m-latest], quirks: { leave_out: [seed],"
                        + " forced_tools: false } }, openai/o3: { aliases: [] }, openai/gpt-5: { quirks: {} } }"));
        ProviderId openai = new ProviderId("openai");
        Model model = catalog.model(openai, "m-latest").orElseThrow();

        assertThat(model.name()).isEqualTo("m");
        assertThat(model.quirks().leaveOut()).containsExactly("seed");
        assertThat(model.quirks().forcedTools()).isFalse();
        assertThat(catalog.model(openai, "m-2026-01-01")).contains(model);
        assertThat(catalog.model(new ProviderId("groq"), "m-latest")).isEmpty();
        assertThat(catalog.model(openai, "o3-2025-04-16")).isEmpty();
        assertThat(catalog.model(openai, "o3").orElseThrow().quirks().leaveOut())
                .contains("temperature");
        assertThat(catalog.model(openai, "gpt-5").orElseThrow().quirks()).isEqualTo(ModelQuirks.NONE);
        assertThat(catalog.models()).filteredOn(one -> one.name().equals("m")).hasSize(1);
    }

    @Test
    void aModelOfTheFileGoesBeforeAnotherNameOfOneThatWasThere() throws IOException {
        Catalog catalog = Catalog.load(file("models: { openai/o3-2025-04-16: { tier: flagship } }"));

        assertThat(catalog.model(new ProviderId("openai"), "o3-2025-04-16")
                        .orElseThrow()
                        .tier())
                .isEqualTo(Tier.FLAGSHIP);
    }

    private static Model model(Path file) {
        return Catalog.load(file).model(new ProviderId("openai"), "m").orElseThrow();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("catalog.yaml"), yaml);
    }
}
