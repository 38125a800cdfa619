package dev.chatelaine.mcp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds for many texts of every layout; a failure shows the text. */
class HostConfigurationPropertyTest {
    private static final int TEXTS = 1_000;
    private static final LaunchedServer SERVER = LaunchedServer.stdio("/opt/chatelaine");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    @ParameterizedTest
    @EnumSource
    void addingOnlyInsertsAndTwiceIsOnce(McpHost host) throws Exception {
        boolean comments = host.syntax() == McpHost.Syntax.JSON_WITH_COMMENTS;
        HostConfiguration configuration = new HostConfiguration(host, SERVER);
        for (int seed = 0; seed < TEXTS; seed++) {
            String before = new RandomConfiguration(new Random(seed), comments, host.section()).text();
            String after = configuration.mergedInto(before);

            assertThat(MAPPER.readTree(after)).as(before).isEqualTo(expected(before, host));
            assertThat(configuration.mergedInto(after)).as(before).isEqualTo(after);
            assertThat(withoutEntry(after, before)).as(after).isEqualTo(before);
        }
    }

    private static JsonNode expected(String before, McpHost host) {
        ObjectNode root = (ObjectNode) MAPPER.readTree(before);
        ObjectNode section =
                root.has(host.section()) ? (ObjectNode) root.get(host.section()) : root.putObject(host.section());
        section.set("chatelaine", SERVER.members(host));
        return root;
    }

    /** Cuts one stretch out, and one comma when that alone does not give the original: more was not added then. */
    private static String withoutEntry(String after, String before) {
        String cut = withoutStretch(after, before);
        int comma = commonPrefix(after, before);
        if (cut.equals(before) || after.charAt(comma) != ',') {
            return cut;
        }
        return withoutStretch(after.substring(0, comma) + after.substring(comma + 1), before);
    }

    private static String withoutStretch(String after, String before) {
        int start = commonPrefix(after, before);
        return after.substring(0, start) + after.substring(start + after.length() - before.length());
    }

    private static int commonPrefix(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }
}
