package dev.chatelaine.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The contract's table, and the errors of each provider as its documentation has them. */
class FailureTableTest {
    @ParameterizedTest
    @CsvSource({
        "401, NEXT_CREDENTIAL",
        "402, NEXT_CREDENTIAL",
        "403, NEXT_CREDENTIAL",
        "408, RETRY",
        "409, RETRY",
        "429, RETRY",
        "500, RETRY",
        "502, RETRY",
        "503, RETRY",
        "504, RETRY",
        "529, RETRY",
        "400, RETURN",
        "404, RETURN",
        "413, RETURN",
        "415, RETURN",
        "422, RETURN",
        "301, NEXT_CANDIDATE",
        "307, NEXT_CANDIDATE",
        "204, NEXT_CANDIDATE"
    })
    void aStatusAloneSaysWhatIsDone(int status, Reaction reaction) {
        assertThat(FailureTable.classify(status, ErrorSigns.NONE, List.of()).reaction())
                .isEqualTo(reaction);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // OpenAI
                "429 | {\"error\":{\"message\":\"You exceeded\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}} | OUT_OF_CREDIT",
                "429 | {\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}} | RATE_LIMITED",
                "401 | {\"error\":{\"message\":\"Incorrect API key provided: sk-x\",\"code\":\"invalid_api_key\"}} | KEY_REJECTED",
                "400 | {\"error\":{\"message\":\"The response was filtered\",\"code\":\"content_filter\"}} | CONTENT_FILTERED",
                "400 | {\"error\":{\"message\":\"rejected by our safety system\",\"code\":\"content_policy_violation\"}} | CONTENT_FILTERED",
                "400 | {\"error\":{\"message\":\"context\",\"code\":\"context_length_exceeded\"}} | BAD_REQUEST",
                // Anthropic
                "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the Anthropic API.\"}} | OUT_OF_CREDIT",
                "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"max_tokens\"}} | BAD_REQUEST",
                "401 | {\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}} | KEY_REJECTED",
                "402 | {\"type\":\"error\",\"error\":{\"type\":\"billing_error\",\"message\":\"\"}} | OUT_OF_CREDIT",
                "413 | {\"type\":\"error\",\"error\":{\"type\":\"request_too_large\",\"message\":\"\"}} | BAD_REQUEST",
                "529 | {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}} | OVERLOADED",
                // Google
                "400 | [{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}] | KEY_REJECTED",
                "400 | [{\"error\":{\"code\":400,\"message\":\"Unknown name\",\"status\":\"INVALID_ARGUMENT\"}}] | BAD_REQUEST",
                "429 | [{\"error\":{\"code\":429,\"message\":\"Resource exhausted\",\"status\":\"RESOURCE_EXHAUSTED\"}}] | RATE_LIMITED",
                // xAI
                "400 | {\"code\":\"Client specified an invalid argument\",\"error\":\"Incorrect API key provided: xa***b.\"} | KEY_REJECTED",
                "403 | {\"code\":\"permission\",\"error\":\"Content violates usage guidelines.\"} | CONTENT_FILTERED",
                "403 | {\"code\":\"permission\",\"error\":\"Your team has used all available credits.\"} | OUT_OF_CREDIT",
                // Mistral, Cohere, DeepSeek
                "422 | {\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\"}]},\"type\":\"invalid_request_error\"} | BAD_REQUEST",
                "401 | {\"message\":\"Unauthorized\",\"request_id\":\"1\"} | KEY_REJECTED",
                "402 | {\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\"}} | OUT_OF_CREDIT",
                // Errors with status 200
                "200 | {\"error\":{\"message\":\"busy\",\"type\":\"server_error\"}} | SERVER_ERROR",
                "200 | {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}} | OVERLOADED",
                "200 | {\"error\":\"something\"} | SERVER_ERROR"
            })
    void eachProvidersErrorsAreKnown(int status, String body, FailureCategory category) {
        ErrorSigns signs = ErrorSigns.of(JsonMapper.shared().readTree(body), body);

        assertThat(FailureTable.classify(status, signs, List.of())).isEqualTo(category);
    }

    @Test
    void theCataloguesMarksOfRejectedKeysCount() {
        ErrorSigns signs = ErrorSigns.of(null, "KEY IS BAD, sorry");

        assertThat(FailureTable.classify(400, signs, List.of("Key is bad"))).isEqualTo(FailureCategory.KEY_REJECTED);
        assertThat(FailureTable.classify(404, signs, List.of("Key is bad"))).isEqualTo(FailureCategory.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"x\"}} | true",
                "[{\"error\":{\"message\":\"x\"}}] | true",
                "{\"error\":\"x\"} | true",
                "{\"type\":\"error\"} | true",
                "{\"error\":null} | false",
                "{\"error\":{}} | false",
                "{\"error\":\"\"} | false",
                "{\"choices\":[]} | false",
                "[] | false"
            })
    void anErrorIsKnownByItsShape(String body, boolean error) {
        assertThat(ErrorSigns.isError(JsonMapper.shared().readTree(body))).isEqualTo(error);
    }

    @ParameterizedTest
    @EnumSource(FailureCategory.class)
    void everyCategoryHasAStatusForTheCaller(FailureCategory category) {
        assertThat(category.status()).isIn(400, 429, 499, 502, 503, 504);
    }

    @Test
    void whenAllFailedTheLastOneSaysTheStatus() {
        Attempts attempts = Attempts.NONE
                .and(new Attempt("openai/a", "byok", FailureCategory.KEY_REJECTED, 401))
                .and(new Attempt("groq/b", "pool", FailureCategory.RATE_LIMITED, 429));

        assertThat(attempts.status()).isEqualTo(429);
        assertThat(Attempts.NONE.status()).isEqualTo(503);
        assertThat(attempts.list())
                .extracting(attempt -> attempt.category().label())
                .containsExactly("key_rejected", "rate_limited");
    }

    @Test
    void signsArePrintedWithoutTheirWords() {
        assertThat(ErrorSigns.of(null, "a key")).hasToString("ErrorSigns[5 characters]");
    }
}
