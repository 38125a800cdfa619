package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Providers that stop in the middle, or before it. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenStreamsIT {
    private static final Duration SHORT = Duration.ofMillis(1_500);
    private static final String CHUNK =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":"
                    + "\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so far\"},\"finish_reason\":null}]}\n\n";

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @AfterEach
    void stop() {
        service.close();
    }

    private Answered streamed(Script... scripts) throws IOException {
        service = GatewayService.in(home);
        return asked(scripts);
    }

    private Answered impatient(Script... scripts) throws IOException {
        service = GatewayService.waiting(home, SHORT, SHORT);
        return asked(scripts);
    }

    private Answered asked(Script... scripts) {
        for (Script script : scripts) {
            service.provider("openai").next(script);
        }
        return service.application(service.key("app")).stream(service.model("openai"), "hello there");
    }

    private static void assertBroken(Answered answer, String category) {
        assertThat(answer.status()).isEqualTo(200);
        List<String> events = answer.events();
        assertThat(events.get(0)).contains("so far");
        assertThat(events.get(events.size() - 1)).contains("\"error\"", "\"code\":\"" + category + "\"");
        assertThat(answer.text()).doesNotContain("[DONE]");
    }

    @Test
    void aStreamIsPassedOnToItsEnd() throws IOException {
        Answered answer = streamed();

        assertThat(answer.header("content-type")).startsWith("text/event-stream");
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("byok");
        assertThat(answer.events()).hasSizeGreaterThan(2).last().isEqualTo("[DONE]");
        assertThat(answer.text()).doesNotContain("\"usage\":{");
        Await.that(() -> service.spend("app").spent() > 0);
        assertThat(service.spend("app").reserved()).isZero();
    }

    @Test
    void oneThatIsCutInTheMiddleOfAnEventIsNoWholeOne() throws IOException {
        assertBroken(streamed(Script.cut(CHUNK + "data: {\"id\":\"c\",\"cho")), "stream_broken");
    }

    @Test
    void oneThatEndsWithoutItsMarkIsNoWholeOne() throws IOException {
        assertBroken(streamed(Script.cut(CHUNK)), "stream_broken");
        Await.that(() -> service.usage().estimated() == 1);
        assertThat(service.usage().failed()).isEqualTo(1);
        assertThat(service.spend("app").reserved()).isZero();
    }

    @Test
    void oneThatIsResetIsNoWholeOne() throws IOException {
        assertBroken(streamed(Script.reset(CHUNK)), "stream_broken");
    }

    @Test
    void anErrorInTheMiddleIsTheProvidersAndItsWordsStayThere() throws IOException {
        Answered answer = streamed(Script.cut(CHUNK + "data: {\"error\":{\"message\":\"inner words\"}}\n\n"));

        assertBroken(answer, "stream_broken");
        assertThat(answer.text()).doesNotContain("inner words");
    }

    @Test
    void anEventThatIsNoJsonEndsIt() throws IOException {
        assertBroken(streamed(Script.cut(CHUNK + "data: {not json}\n\n")), "stream_broken");
    }

    @Test
    void oneThatSaysNothingMoreIsGivenUp() throws IOException {
        assertBroken(impatient(Script.stall(CHUNK)), "stream_idle");
    }

    @Test
    void oneThatNeverAnswersIsAskedAgainAndGivenUp() throws IOException {
        Answered answer = impatient(Script.silence(), Script.silence(), Script.silence());

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.attempts()).hasSize(3).containsOnly("first_byte_timeout");
    }

    @Test
    void oneThatAnswersHeadersAndStopsIsAskedAgain() throws IOException {
        Answered answer = impatient(Script.stall(""));

        assertThat(answer.events()).last().isEqualTo("[DONE]");
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("2");
    }

    @Test
    void aFirstEventThatIsAnErrorIsAFailureLikeAnyOther() throws IOException {
        Answered answer = streamed(
                Script.cut("data: {\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}\n\n"));

        assertThat(answer.events()).last().isEqualTo("[DONE]");
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("2");
    }
}
