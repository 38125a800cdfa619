package dev.chatelaine.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.problem.Problem.FieldError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiErrorTest {
    @ParameterizedTest
    @CsvSource({
        "400,invalid_request_error",
        "401,authentication_error",
        "402,insufficient_quota",
        "403,permission_error",
        "404,invalid_request_error",
        "405,invalid_request_error",
        "408,invalid_request_error",
        "413,invalid_request_error",
        "415,invalid_request_error",
        "422,invalid_request_error",
        "429,rate_limit_error",
        "500,api_error",
        "502,api_error",
        "503,api_error",
        "504,api_error"
    })
    void theTypeGoesByTheStatus(int status, String type) {
        Problem problem = Problem.of(HttpProblem.NOT_FOUND).withStatus(status);

        assertThat(OpenAiError.of(problem).type()).isEqualTo(type);
    }

    @Test
    void theDocumentHasOneMemberWithAllThatClientsLookFor() {
        Map<String, Object> members =
                OpenAiError.of(Problem.of(HttpProblem.NOT_FOUND)).members("req_1");

        assertThat(members).containsOnlyKeys("error");
        assertThat(members.get("error"))
                .hasToString("{message=There is no such resource., type=invalid_request_error, param=null,"
                        + " code=not_found, request_id=req_1}");
    }

    @Test
    void oneFieldIsNamedApartFromWhatIsWrongWithIt() {
        OpenAiError error = OpenAiError.of(Problem.ofFields(List.of(new FieldError("stream", "Not a boolean."))));

        assertThat(error.param()).isEqualTo("stream");
        assertThat(error.message()).isEqualTo("Not a boolean.");
        assertThat(error.code()).isEqualTo("invalid_field");
    }

    @Test
    void ofSeveralFieldsEachIsToldAndTheFirstIsNamed() {
        OpenAiError error = OpenAiError.of(Problem.ofFields(
                List.of(new FieldError("model", "Not a text."), new FieldError("n", "Not a number."))));

        assertThat(error.param()).isEqualTo("model");
        assertThat(error.message()).isEqualTo("model: Not a text. n: Not a number.");
    }

    @Test
    void theNextStepIsPartOfTheMessage() {
        Problem problem = new Problem(402, "spend_cap_reached", "The cap is reached.", List.of(), "Raise it.");

        assertThat(OpenAiError.of(problem).message()).isEqualTo("The cap is reached. Raise it.");
    }
}
