package dev.chatelaine.mcp.tool;

import static dev.chatelaine.mcp.tool.Bench.BYOK;
import static dev.chatelaine.mcp.tool.Bench.LLM;
import static dev.chatelaine.mcp.tool.Bench.OPENAI_KEY;
import static dev.chatelaine.mcp.tool.Bench.OTHER_VALUE;
import static dev.chatelaine.mcp.tool.Bench.SECRETS;
import static dev.chatelaine.mcp.tool.Bench.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.schemas.ToolSchemas;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every action on a real vault answers what its output schema says. The bench checks each answer. */
class SchemaConformanceTest {
    @TempDir
    Path folder;

    /** One call, after those that it needs. */
    record Example(String tool, String action, Function<Bench, Done> call) {
        @Override
        public String toString() {
            return tool + " " + action;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachActionConforms(Example example) {
        try (Bench bench = new Bench(folder)) {
            assertThat(example.call().apply(bench).structured()).containsEntry("action", example.action());
        }
    }

    @Test
    void noActionIsLeftOut() {
        List<String> all = ToolSchemas.load().tools().stream()
                .flatMap(tool -> tool.actions().stream().map(action -> tool.name() + " " + action.name()))
                .toList();

        assertThat(examples().map(Example::toString).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @EnumSource(VerificationStatus.class)
    void eachVerdictConforms(VerificationStatus status) {
        try (Bench bench = keyed(new Bench(folder)).providerSays(status)) {
            Done secret = bench.done(SECRETS, "action", "verify", "name", "provider_key_openai");
            Done configuration = bench.done(LLM, "action", "verify", "name", "main");

            assertThat(secret.structured()).containsEntry("status", status.label());
            assertThat(configuration.structured()).containsEntry("status", status.label());
            bench.done(BYOK);
        }
    }

    @Test
    void providersConformWithoutKeysWithSecretsAndWithKeysOfConfigurations() {
        try (Bench bench = new Bench(folder)) {
            bench.done(BYOK);
            keyed(bench).with(LLM, "action", "create", "name", "chat", "provider", "mistral", "model", "m");
            bench.with(LLM, "action", "set_key", "name", "chat", "api_key", VALUE);

            assertThat(bench.done(BYOK).text())
                    .contains("OpenAI (openai): key in the secret \"provider_key_openai\"")
                    .contains("Mistral (mistral): key in an LLM configuration")
                    .contains("Groq (groq): none");
        }
    }

    @Test
    void aPlanWithoutOwnKeysConforms() {
        try (Bench bench = new Bench(folder, "starter")) {
            assertThat(bench.done(BYOK).structured()).containsEntry("byok_available", false);
        }
    }

    static Stream<Example> examples() {
        return Stream.concat(secrets(), configurations());
    }

    private static Stream<Example> secrets() {
        return Stream.of(
                secret("create", b -> b.done(SECRETS, "action", "create", "name", "a", "value", VALUE)),
                secret(
                        "create",
                        b -> b.done(
                                SECRETS,
                                "action",
                                "create",
                                "name",
                                "provider_key_openai",
                                "value",
                                " " + OPENAI_KEY + "\n")),
                secret("update", b -> stored(b).done(SECRETS, "action", "update", "name", "a", "value", OTHER_VALUE)),
                secret("update", b -> stored(b).done(SECRETS, "action", "update", "name", "a", "category", "api")),
                secret("get", b -> stored(b).done(SECRETS, "action", "get", "name", "a")),
                secret("list", b -> b.done(SECRETS, "action", "list")),
                secret(
                        "list",
                        b -> stored(b)
                                .with(SECRETS, "action", "delete", "name", "a")
                                .with(SECRETS, "action", "create", "name", "b", "value", VALUE)
                                .done(SECRETS, "action", "list", "include_deleted", true, "limit", 1)),
                secret("delete", b -> stored(b).done(SECRETS, "action", "delete", "name", "a")),
                secret(
                        "restore",
                        b -> stored(b)
                                .with(SECRETS, "action", "delete", "name", "a")
                                .done(SECRETS, "action", "restore", "name", "a")),
                secret(
                        "history",
                        b -> stored(b)
                                .with(SECRETS, "action", "update", "name", "a", "value", "short")
                                .done(SECRETS, "action", "history", "name", "a")),
                secret(
                        "rollback",
                        b -> stored(b)
                                .with(SECRETS, "action", "update", "name", "a", "value", OTHER_VALUE)
                                .done(SECRETS, "action", "rollback", "name", "a", "version", 1)),
                secret("verify", b -> keyed(b).done(SECRETS, "action", "verify", "name", "provider_key_openai")));
    }

    private static Stream<Example> configurations() {
        return Stream.of(
                llm(
                        "create",
                        b -> b.done(
                                LLM,
                                "action",
                                "create",
                                "name",
                                "own",
                                "provider",
                                "custom",
                                "model",
                                "m",
                                "base_url",
                                "https://llm.example.com/v1/",
                                "fallbacks",
                                List.of("openai/gpt-4.1-mini", "main"),
                                "make_default",
                                true)),
                llm("list", b -> b.done(LLM, "action", "list")),
                llm("list", b -> keyed(b).done(LLM, "action", "list")),
                llm("get", b -> keyed(b).done(LLM, "action", "get", "name", "main")),
                llm("update", b -> keyed(b).done(LLM, "action", "update", "name", "main", "model", "m2")),
                llm("update", b -> keyed(b).done(LLM, "action", "update", "name", "main", "provider", "groq")),
                llm("delete", b -> keyed(b).done(LLM, "action", "delete", "name", "main")),
                llm("set_default", b -> keyed(b).done(LLM, "action", "set_default", "name", "main")),
                llm(
                        "set_key",
                        b -> keyed(b).done(LLM, "action", "set_key", "name", "main", "api_key", OPENAI_KEY + "2")),
                llm("remove_key", b -> keyed(b).done(LLM, "action", "remove_key", "name", "main")),
                llm("verify", b -> keyed(b).done(LLM, "action", "verify", "name", "main")));
    }

    private static Bench stored(Bench bench) {
        return bench.with(SECRETS, "action", "create", "name", "a", "value", VALUE, "description", "for tests");
    }

    private static Bench keyed(Bench bench) {
        return bench.with(SECRETS, "action", "create", "name", "provider_key_openai", "value", OPENAI_KEY)
                .with(LLM, "action", "create", "name", "main", "provider", "openai", "model", "gpt-4.1-mini")
                .with(LLM, "action", "set_key", "name", "main", "api_key", OPENAI_KEY);
    }

    private static Example secret(String action, Function<Bench, Done> call) {
        return new Example(SECRETS, action, call);
    }

    private static Example llm(String action, Function<Bench, Done> call) {
        return new Example(LLM, action, call);
    }
}
