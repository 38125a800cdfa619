package dev.chatelaine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.upstream.UpstreamEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenAiChunksTest {
    private static final String USAGE = "{\"prompt_tokens\":2,\"completion_tokens\":3,\"total_tokens\":5}";
    private static final String WORD =
            "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w\"}}]";
    private static final String USAGE_ALONE = "{\"id\":\"c\",\"model\":\"m\",\"choices\":[],\"usage\":" + USAGE + "}";

    @Test
    void usageThatAProviderPutsIntoItsLastChunkComesAfterItAndAlone() {
        OpenAiChunks chunks = new OpenAiChunks(true);

        assertThat(of(chunks, WORD + ",\"usage\":" + USAGE + "}")).containsExactly(json(WORD + "}"));
        assertThat(last(chunks)).containsExactly(json(USAGE_ALONE));
    }

    @Test
    void ofUsageThatIsToldAgainAndAgainTheLastCounts() {
        OpenAiChunks chunks = new OpenAiChunks(true);
        of(chunks, WORD + ",\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":1}}");
        of(chunks, WORD + ",\"usage\":" + USAGE + "}");

        assertThat(last(chunks)).containsExactly(json(USAGE_ALONE));
    }

    @Test
    void usageThatComesAloneIsToldOnceAndLast() {
        OpenAiChunks chunks = new OpenAiChunks(true);

        assertThat(of(chunks, WORD + ",\"usage\":null}")).containsExactly(json(WORD + ",\"usage\":null}"));
        assertThat(of(chunks, USAGE_ALONE)).isEmpty();
        assertThat(last(chunks)).containsExactly(json(USAGE_ALONE));
    }

    @Test
    void whoDidNotAskForUsageIsNotToldIt() {
        OpenAiChunks chunks = new OpenAiChunks(false);

        assertThat(of(chunks, WORD + ",\"usage\":" + USAGE + "}")).containsExactly(json(WORD + "}"));
        assertThat(of(chunks, USAGE_ALONE)).isEmpty();
        assertThat(last(chunks)).isEmpty();
        assertThat(chunks.usage(0).total()).isEqualTo(5);
        assertThat(chunks.isEstimated()).isFalse();
    }

    @Test
    void usageThatNobodyTellsIsNotMadeUp() {
        OpenAiChunks chunks = new OpenAiChunks(true);
        of(chunks, WORD + "}");

        assertThat(last(chunks)).isEmpty();
        assertThat(chunks.isEstimated()).isTrue();
    }

    private static List<JsonNode> of(OpenAiChunks chunks, String event) {
        return List.copyOf(chunks.of(new UpstreamEvent(null, json(event))));
    }

    private static List<JsonNode> last(OpenAiChunks chunks) {
        return List.copyOf(chunks.last());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
