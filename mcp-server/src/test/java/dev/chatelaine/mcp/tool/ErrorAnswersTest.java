package dev.chatelaine.mcp.tool;

import static dev.chatelaine.mcp.tool.Bench.LLM;
import static dev.chatelaine.mcp.tool.Bench.OPENAI_KEY;
import static dev.chatelaine.mcp.tool.Bench.OTHER_VALUE;
import static dev.chatelaine.mcp.tool.Bench.SECRETS;
import static dev.chatelaine.mcp.tool.Bench.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error code that a handler can give is given, by a real vault. The bench checks each answer. */
class ErrorAnswersTest {
    /** An operator's, those of bundles, sessions and the gateway, and those that an entry page gives. */
    private static final Set<ErrorCode> ELSEWHERE = Set.of(
            ErrorCode.BUNDLE_EXISTS,
            ErrorCode.BUNDLE_NOT_FOUND,
            ErrorCode.BUNDLE_QUOTA_EXCEEDED,
            ErrorCode.RESERVED_KEY_NAME,
            ErrorCode.TOO_MANY_KEYS,
            ErrorCode.TOO_MANY_BUNDLES,
            ErrorCode.KEY_COLLISION,
            ErrorCode.LLM_KEY_MISSING,
            ErrorCode.SESSION_NOT_FOUND,
            ErrorCode.SECRET_BUNDLE_NOT_FOUND_AT_RESUME,
            ErrorCode.SECRET_NOT_FOUND_AT_RESUME,
            ErrorCode.GATEWAY_KEY_EXISTS,
            ErrorCode.GATEWAY_KEY_NOT_FOUND,
            ErrorCode.MODEL_NOT_ALLOWED,
            ErrorCode.MODEL_UNPRICED,
            ErrorCode.SPEND_CAP_REACHED,
            ErrorCode.POOL_QUOTA_EXCEEDED,
            ErrorCode.POOL_KEY_NOT_FOUND,
            ErrorCode.TENANT_NOT_FOUND,
            ErrorCode.TENANT_EXISTS,
            ErrorCode.PLAN_UNKNOWN,
            ErrorCode.ENTRY_DECLINED,
            ErrorCode.ENTRY_EXPIRED);

    @TempDir
    Path folder;

    record Mistake(ErrorCode code, @Nullable String field, Function<Bench, Failed> call) {
        @Override
        public String toString() {
            return code.code() + (field == null ? "" : ", " + field);
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachCodeIsGivenAndNamesTheField(Mistake mistake) {
        try (Bench bench = new Bench(folder)) {
            assertError(mistake.call().apply(bench), mistake.code(), mistake.field());
        }
    }

    @Test
    void aPlanWithoutOwnKeysRefusesThem() {
        try (Bench bench = new Bench(folder, "starter")) {
            bench.with(LLM, "action", "create", "name", "main", "provider", "openai", "model", "m");
            assertError(
                    bench.failed(SECRETS, "action", "create", "name", "provider_key_openai", "value", OPENAI_KEY),
                    ErrorCode.BYOK_NOT_ON_PLAN,
                    null);
            assertError(
                    bench.failed(LLM, "action", "set_key", "name", "main", "api_key", OPENAI_KEY),
                    ErrorCode.BYOK_NOT_ON_PLAN,
                    null);
        }
    }

    @Test
    void noCodeIsLeftOut() {
        Set<ErrorCode> given = mistakes().map(Mistake::code).collect(Collectors.toSet());
        given.add(ErrorCode.BYOK_NOT_ON_PLAN);

        assertThat(given).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)));
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(calls(), values(), secrets(), configurations(), badDays())
                .flatMap(Function.identity());
    }

    private static Stream<Mistake> calls() {
        return Stream.of(
                mistake(ErrorCode.INVALID_ACTION, "action", b -> b.failed(SECRETS)),
                mistake(ErrorCode.INVALID_ACTION, "action", b -> b.failed(SECRETS, "action", "reveal")),
                mistake(ErrorCode.INVALID_ACTION, "action", b -> b.failed(LLM, "action", 7)),
                mistake(
                        ErrorCode.READ_ONLY,
                        "action",
                        b -> b.readOnly().failed(SECRETS, "action", "create", "name", "a", "value", VALUE)),
                mistake(ErrorCode.READ_ONLY, "action", b -> b.readOnly().failed(LLM, "action", "verify")),
                mistake(
                        ErrorCode.INVALID_FIELD,
                        "version",
                        b -> b.failed(SECRETS, "action", "create", "name", "a", "value", VALUE, "version", 1)),
                mistake(
                        ErrorCode.INVALID_FIELD,
                        "api_key",
                        b -> b.failed(
                                LLM,
                                "action",
                                "create",
                                "name",
                                "a",
                                "provider",
                                "openai",
                                "model",
                                "m",
                                "api_key",
                                VALUE)),
                mistake(ErrorCode.INVALID_FIELD, null, b -> b.failed(SECRETS, "action", "list", OPENAI_KEY, true)),
                mistake(ErrorCode.INVALID_FIELD, "action", b -> b.failed(Bench.BYOK, "action", "list")),
                mistake(ErrorCode.INVALID_FIELD, "name", b -> b.failed(SECRETS, "action", "get")),
                mistake(ErrorCode.INVALID_FIELD, "limit", b -> b.failed(SECRETS, "action", "list", "limit", 201)),
                mistake(ErrorCode.INVALID_FIELD, "limit", b -> b.failed(SECRETS, "action", "list", "limit", 1L << 40)),
                mistake(ErrorCode.INVALID_FIELD, "cursor", b -> b.failed(SECRETS, "action", "list", "cursor", "?")),
                mistake(
                        ErrorCode.PERMISSION_DENIED,
                        null,
                        b -> b.as(Role.VIEWER).failed(SECRETS, "action", "create", "name", "a", "value", VALUE)),
                mistake(
                        ErrorCode.PERMISSION_DENIED,
                        null,
                        b -> b.as(Role.ADMIN).failed(LLM, "action", "delete", "name", "a")));
    }

    private static Stream<Mistake> values() {
        return Stream.of(
                mistake(ErrorCode.INVALID_VALUE, "value", b -> create(b, "")),
                mistake(ErrorCode.INVALID_VALUE, "value", b -> create(b, "half a pair: \ud83d")),
                mistake(
                        ErrorCode.INVALID_VALUE,
                        "api_key",
                        b -> llm(b).failed(LLM, "action", "set_key", "name", "main", "api_key", "")),
                mistake(ErrorCode.INVALID_FIELD, "value", b -> create(b, 42)),
                mistake(ErrorCode.VALUE_TOO_LARGE, "value", b -> create(b, "x".repeat(65_537))),
                mistake(ErrorCode.VALUE_IS_MASK, "value", b -> create(b, "••••••••")),
                mistake(
                        ErrorCode.VALUE_IS_MASK,
                        "value",
                        b -> secret(b).failed(SECRETS, "action", "update", "name", "a", "value", "Zx41")),
                mistake(
                        ErrorCode.VALUE_IN_WRONG_FIELD,
                        "description",
                        b -> b.failed(SECRETS, "action", "create", "name", "a", "description", "it is " + OPENAI_KEY)),
                mistake(
                        ErrorCode.VALUE_IN_WRONG_FIELD,
                        "name",
                        b -> b.failed(SECRETS, "action", "get", "name", OPENAI_KEY)),
                mistake(
                        ErrorCode.VALUE_IN_WRONG_FIELD,
                        "model",
                        b -> b.failed(LLM, "action", "create", "name", "a", "provider", "openai", "model", OPENAI_KEY)),
                mistake(ErrorCode.INLINE_VALUE_DENIED, "value", b -> create(b.inlineDenied(), VALUE)),
                mistake(
                        ErrorCode.INLINE_VALUE_DENIED,
                        "api_key",
                        b -> b.inlineDenied().failed(LLM, "action", "set_key", "name", "main", "api_key", VALUE)),
                mistake(ErrorCode.VALUE_REQUIRED, "value", b -> b.failed(SECRETS, "action", "create", "name", "a")),
                mistake(
                        ErrorCode.VALUE_REQUIRED,
                        "value",
                        b -> secret(b).failed(SECRETS, "action", "update", "name", "a")),
                mistake(
                        ErrorCode.VALUE_REQUIRED,
                        "api_key",
                        b -> llm(b).failed(LLM, "action", "set_key", "name", "main")),
                mistake(
                        ErrorCode.VALUE_REQUIRED,
                        "api_key",
                        b -> llm(b).failed(LLM, "action", "verify", "name", "main")));
    }

    private static Stream<Mistake> secrets() {
        return Stream.of(
                mistake(ErrorCode.INVALID_NAME, "name", b -> b.failed(SECRETS, "action", "get", "name", "../a")),
                mistake(
                        ErrorCode.INVALID_NAME,
                        "name",
                        b -> b.failed(SECRETS, "action", "create", "name", "n".repeat(129), "value", VALUE)),
                mistake(
                        ErrorCode.INVALID_NAME,
                        "name",
                        b -> b.failed(
                                SECRETS, "action", "create", "name", "a", "value", VALUE, "category", "llm_provider")),
                mistake(
                        ErrorCode.INVALID_FIELD,
                        "category",
                        b -> b.failed(SECRETS, "action", "create", "name", "a", "category", "keys")),
                mistake(
                        ErrorCode.INVALID_FIELD,
                        "description",
                        b -> b.failed(SECRETS, "action", "create", "name", "a", "description", "d".repeat(501))),
                mistake(
                        ErrorCode.INVALID_FIELD,
                        "name",
                        b -> secret(b).failed(SECRETS, "action", "verify", "name", "a")),
                mistake(ErrorCode.INVALID_FIELD, "version", b -> b.failed(SECRETS, "action", "rollback", "name", "a")),
                mistake(
                        ErrorCode.INVALID_PROVIDER_KEY,
                        "value",
                        b -> b.failed(
                                SECRETS, "action", "create", "name", "provider_key_anthropic", "value", OPENAI_KEY)),
                mistake(
                        ErrorCode.PROVIDER_UNKNOWN,
                        "name",
                        b -> b.failed(SECRETS, "action", "create", "name", "provider_key_nobody", "value", VALUE)),
                mistake(ErrorCode.SECRET_EXISTS, "name", b -> create(secret(b), OTHER_VALUE)),
                mistake(
                        ErrorCode.SECRET_EXISTS,
                        "name",
                        b -> secret(b).failed(SECRETS, "action", "create", "name", "a")),
                mistake(ErrorCode.SECRET_NOT_FOUND, "name", b -> b.failed(SECRETS, "action", "get", "name", "a")),
                mistake(ErrorCode.SECRET_NOT_FOUND, "name", b -> b.failed(SECRETS, "action", "update", "name", "a")),
                mistake(
                        ErrorCode.VERSION_NOT_FOUND,
                        "version",
                        b -> secret(b).failed(SECRETS, "action", "rollback", "name", "a", "version", 9)));
    }

    private static Stream<Mistake> configurations() {
        return Stream.of(
                mistake(
                        ErrorCode.CONFIG_EXISTS,
                        "name",
                        b -> llm(b).failed(LLM, "action", "create", "name", "main", "provider", "groq", "model", "m")),
                mistake(ErrorCode.CONFIG_NOT_FOUND, "name", b -> b.failed(LLM, "action", "get", "name", "main")),
                mistake(ErrorCode.CONFIG_NOT_FOUND, "name", b -> b.failed(LLM, "action", "set_key", "name", "main")),
                mistake(
                        ErrorCode.PROVIDER_UNKNOWN,
                        "provider",
                        b -> b.failed(LLM, "action", "create", "name", "a", "provider", "nobody", "model", "m")),
                mistake(
                        ErrorCode.BASE_URL_REQUIRED,
                        "base_url",
                        b -> b.failed(LLM, "action", "create", "name", "a", "provider", "custom", "model", "m")),
                mistake(
                        ErrorCode.BASE_URL_REFUSED,
                        "base_url",
                        b -> llm(b).failed(
                                        LLM, "action", "update", "name", "main", "base_url", "https://127.0.0.1/v1")),
                mistake(
                        ErrorCode.INVALID_NAME,
                        "new_name",
                        b -> llm(b).failed(LLM, "action", "update", "name", "main", "new_name", "default")),
                mistake(ErrorCode.INVALID_FIELD, null, b -> llm(b).failed(LLM, "action", "update", "name", "main")),
                mistake(
                        ErrorCode.INVALID_FIELD,
                        "model",
                        b -> b.failed(LLM, "action", "create", "name", "a", "provider", "openai")),
                mistake(
                        ErrorCode.INVALID_FIELD,
                        "fallbacks",
                        b -> llm(b).failed(LLM, "action", "update", "name", "main", "fallbacks", "main")));
    }

    private static Stream<Mistake> badDays() {
        return Stream.of(
                mistake(
                        ErrorCode.INTEGRITY_FAILED,
                        null,
                        b -> secret(b)
                                .with(SECRETS, "action", "update", "name", "a", "value", OTHER_VALUE)
                                .sql(
                                        "UPDATE secret_versions SET sealed = (SELECT sealed FROM secret_versions WHERE number = 2)"
                                                + " WHERE number = 1")
                                .failed(SECRETS, "action", "rollback", "name", "a", "version", 1)),
                mistake(
                        ErrorCode.CONFLICT,
                        null,
                        b -> secret(b)
                                .sql(
                                        "INSERT INTO secret_versions SELECT secret_id, 2, tenant, sealed, key_id, hint, created_at,"
                                                + " created_by FROM secret_versions")
                                .failed(SECRETS, "action", "update", "name", "a", "value", OTHER_VALUE)),
                mistake(
                        ErrorCode.VAULT_UNAVAILABLE,
                        null,
                        b -> withoutRootKey(b).failed(SECRETS, "action", "list")),
                mistake(
                        ErrorCode.VAULT_UNAVAILABLE,
                        null,
                        b -> b.inTenant("elsewhere").failed(Bench.BYOK)));
    }

    private static Bench withoutRootKey(Bench bench) {
        bench.close();
        try {
            Files.delete(bench.keyFile());
            return bench;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Failed create(Bench bench, Object value) {
        return bench.failed(SECRETS, "action", "create", "name", "a", "value", value);
    }

    private static Bench secret(Bench bench) {
        return bench.with(SECRETS, "action", "create", "name", "a", "value", VALUE);
    }

    private static Bench llm(Bench bench) {
        return bench.with(LLM, "action", "create", "name", "main", "provider", "openai", "model", "m");
    }

    private static Mistake mistake(ErrorCode code, @Nullable String field, Function<Bench, Failed> call) {
        return new Mistake(code, field, call);
    }

    private static void assertError(Failed failed, ErrorCode code, @Nullable String field) {
        Map<?, ?> error = (Map<?, ?>) failed.structured().get("error");
        assertThat(error).isNotNull();
        if (error != null) {
            assertThat(error.get("code")).isEqualTo(code.code());
            assertThat(error.get("field")).isEqualTo(field);
        }
    }
}
