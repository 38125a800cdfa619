package dev.chatelaine.mcp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each case shows a whole file before and after. */
class HostConfigurationTest {
    private static final LaunchedServer SERVER = LaunchedServer.stdio("/opt/chatelaine");

    private static String cursor(String text) throws MalformedJsonException {
        return new HostConfiguration(McpHost.CURSOR, SERVER).mergedInto(text);
    }

    private static String vsCode(String text) throws MalformedJsonException {
        return new HostConfiguration(McpHost.VS_CODE, SERVER).mergedInto(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "{}"})
    void anEmptyConfigurationBecomesOneWithTheEntryAlone(String text) throws Exception {
        assertThat(cursor(text).strip()).isEqualTo("""
                {
                  "mcpServers": {
                    "chatelaine": {
                      "command": "/opt/chatelaine",
                      "args": ["stdio"]
                    }
                  }
                }""");
    }

    @Test
    void theEntryHasEachHostsOwnShape() {
        assertThat(new HostConfiguration(McpHost.VS_CODE, SERVER).alone()).isEqualTo("""
                {
                  "servers": {
                    "chatelaine": {
                      "type": "stdio",
                      "command": "/opt/chatelaine",
                      "args": ["stdio"]
                    }
                  }
                }
                """);
        assertThat(new HostConfiguration(McpHost.CLAUDE_CODE, SERVER).alone())
                .contains("\"mcpServers\"", "\"type\": \"stdio\"");
        assertThat(new HostConfiguration(McpHost.CLAUDE_DESKTOP, SERVER).alone())
                .contains("\"mcpServers\"")
                .doesNotContain("type");
    }

    @Test
    void theFileAtTheTopOfTheProjectHasClaudeDesktopsShape() throws Exception {
        String shipped = Files.readString(Path.of("..", "claude-desktop-config.json"));
        LaunchedServer server = LaunchedServer.stdio("/path/to/chatelaine/chatelaine");
        assertThat(new HostConfiguration(McpHost.CLAUDE_DESKTOP, server).mergedInto(shipped))
                .isEqualTo(shipped);
    }

    @Test
    void otherServersAndSettingsStayAndTheEntryComesLast() throws Exception {
        assertThat(cursor("""
                {
                    "theme": "dark",
                    "mcpServers": {
                        "files": {"command": "npx", "args": [1, 2.5e3, null]}
                    },
                    "after": [ ]
                }
                """)).isEqualTo("""
                {
                    "theme": "dark",
                    "mcpServers": {
                        "files": {"command": "npx", "args": [1, 2.5e3, null]},
                        "chatelaine": {
                            "command": "/opt/chatelaine",
                            "args": ["stdio"]
                        }
                    },
                    "after": [ ]
                }
                """);
    }

    @Test
    void commentsStayWithTheMembersTheyFollow() throws Exception {
        assertThat(vsCode("""
                // mine
                {
                \t"servers": {
                \t\t/* the first, with { and , in it */
                \t\t"a": {"url": "http://x//y"} // not a comma: ,
                \t\t// "b": {}
                \t}
                } // end""")).isEqualTo("""
                // mine
                {
                \t"servers": {
                \t\t/* the first, with { and , in it */
                \t\t"a": {"url": "http://x//y"}, // not a comma: ,
                \t\t// "b": {}
                \t\t"chatelaine": {
                \t\t\t"type": "stdio",
                \t\t\t"command": "/opt/chatelaine",
                \t\t\t"args": ["stdio"]
                \t\t}
                \t}
                } // end""");
    }

    @Test
    void aTrailingCommaIsUsedAndANewOneFollows() throws Exception {
        assertThat(vsCode("{\n  \"servers\": {\n    \"a\": {}, // one\n  },\n}\n"))
                .startsWith("{\n  \"servers\": {\n    \"a\": {}, // one\n    \"chatelaine\": {")
                .endsWith("\n    },\n  },\n}\n");
    }

    @Test
    void aFileOnOneLineStaysOnOneLine() throws Exception {
        assertThat(cursor("{\"a\":1}"))
                .isEqualTo("{\"a\":1,\"mcpServers\":{\"chatelaine\":"
                        + "{\"command\":\"/opt/chatelaine\",\"args\":[\"stdio\"]}}}");
        assertThat(cursor("{ \"mcpServers\": { } }"))
                .isEqualTo("{ \"mcpServers\": {\"chatelaine\": "
                        + "{\"command\": \"/opt/chatelaine\", \"args\": [\"stdio\"]} } }");
    }

    @Test
    void aSectionOnOneLineStaysOnOneLine() throws Exception {
        assertThat(cursor("{\n  \"mcpServers\": { \"a\": {} }\n}"))
                .isEqualTo("{\n  \"mcpServers\": { \"a\": {}, \"chatelaine\": "
                        + "{\"command\": \"/opt/chatelaine\", \"args\": [\"stdio\"]} }\n}");
    }

    @Test
    void theLineEndsOfTheFileAreUsed() throws Exception {
        assertThat(cursor("{\r\n  \"mcpServers\": {}\r\n}\r\n"))
                .isEqualTo(
                        "{\r\n  \"mcpServers\": {\r\n    \"chatelaine\": {\r\n      \"command\": \"/opt/chatelaine\","
                                + "\r\n      \"args\": [\"stdio\"]\r\n    }\r\n  }\r\n}\r\n");
    }

    @Test
    void namesWithEscapesAreKnown() throws Exception {
        String text = "{\"mcp\\u0053ervers\": {\"chatel\\u0061ine\": {\"command\": \"/opt/ch\\u0061telaine\", "
                + "\"args\": [\"stdio\"]}}}";
        assertThat(cursor(text)).isEqualTo(text);
    }

    @Test
    void aSectionOfTheSameNameElsewhereIsNotTaken() throws Exception {
        assertThat(cursor("{\"projects\":{\"/p\":{\"mcpServers\":{}}}}"))
                .startsWith("{\"projects\":{\"/p\":{\"mcpServers\":{}}},\"mcpServers\":{\"chatelaine\"");
    }

    @Test
    void anEarlierEntryKeepsThePersonsOwnMembers() throws Exception {
        assertThat(cursor("""
                {"mcpServers": {
                  "chatelaine": {
                    "command": "/old/chatelaine",
                    "env": {"CHATELAINE_HOME": "/h"}, // mine
                    "args": [ "stdio", "-v" ],
                    "disabled": true
                  }
                }}""")).isEqualTo("""
                {"mcpServers": {
                  "chatelaine": {
                    "command": "/opt/chatelaine",
                    "env": {"CHATELAINE_HOME": "/h"}, // mine
                    "args": ["stdio"],
                    "disabled": true
                  }
                }}""");
    }

    @Test
    void missingMembersOfAnEarlierEntryAreAdded() throws Exception {
        assertThat(vsCode("{\"servers\":{\"chatelaine\":{\"env\":{}}}}"))
                .isEqualTo("{\"servers\":{\"chatelaine\":{\"env\":{},\"type\":\"stdio\","
                        + "\"command\":\"/opt/chatelaine\",\"args\":[\"stdio\"]}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"x\"", "[]", "{\"type\":\"http\",\"url\":\"http://localhost:8470/mcp\"}"})
    void anEntryOfAnotherKindIsReplaced(String entry) throws Exception {
        assertThat(vsCode("{\"servers\":{\"chatelaine\":" + entry + ",\"b\":1}}"))
                .isEqualTo("{\"servers\":{\"chatelaine\":{\"type\":\"stdio\","
                        + "\"command\":\"/opt/chatelaine\",\"args\":[\"stdio\"]},\"b\":1}}");
    }

    @Test
    void aFileOfCommentsAloneKeepsThem() throws Exception {
        assertThat(vsCode("// servers\r\n")).startsWith("// servers\r\n{\r\n  \"servers\": {\r\n");
        assertThat(vsCode("/* servers */")).startsWith("/* servers */\n{\n");
    }

    @Test
    void aWindowsPathIsEscaped() throws Exception {
        LaunchedServer server = new LaunchedServer("C:\\Users\\Zoë \"Z\"\\chatelaine.cmd", List.of("stdio"));
        assertThat(new HostConfiguration(McpHost.CURSOR, server).mergedInto("{}"))
                .contains("\"command\": \"C:\\\\Users\\\\Zoë \\\"Z\\\"\\\\chatelaine.cmd\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":}",
                "{\"a\" 1}",
                "{'a':1}",
                "{\"a\":1,,}",
                "{,}",
                "{} x",
                "{\"a\":[1,2}",
                "{/*",
                "# x\n{}",
                "{\"a\":tru}",
                "{\"a\":\"\n\"}",
                "nothing"
            })
    void whatIsNotJsonIsRefusedWithThePlace(String text) {
        assertThatThrownBy(() -> cursor(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageMatching("is not valid JSON at line \\d+, column \\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "{} {}"})
    void whatIsNotOneObjectIsRefused(String text) {
        assertThatThrownBy(() -> cursor(text)).hasMessage("does not hold one JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "true", "\"x\"", "7"})
    void aSectionOfTheWrongTypeIsRefused(String section) {
        assertThatThrownBy(() -> cursor("{\"mcpServers\": " + section + "}"))
                .hasMessage("has something else than an object as \"mcpServers\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mcpServers\":{},\"mcpServers\":{}}",
                "{\"mcpServers\":{},\"mcp\\u0053ervers\":{}}",
                "{\"mcpServers\":{\"chatelaine\":{},\"chatelaine\":{}}}",
                "{\"mcpServers\":{\"chatelaine\":{\"command\":1,\"command\":2}}}"
            })
    void aNameThatStandsTwiceIsRefused(String text) {
        assertThatThrownBy(() -> cursor(text)).hasMessageMatching("has the name \"\\w+\" twice in one object");
    }

    @Test
    void commentsAreRefusedWhereTheHostRefusesThem() {
        for (McpHost host : List.of(McpHost.CLAUDE_DESKTOP, McpHost.CLAUDE_CODE)) {
            HostConfiguration configuration = new HostConfiguration(host, SERVER);
            assertThatThrownBy(() -> configuration.mergedInto("{} // x")).hasMessageContaining("not valid JSON");
            assertThatThrownBy(() -> configuration.mergedInto("{\"a\":1,}")).hasMessageContaining("not valid JSON");
        }
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        for (String open : List.of("[", "{\"a\":")) {
            assertThatThrownBy(() -> cursor("{\"a\":" + open.repeat(100_000)))
                    .hasMessageContaining("nested too deeply");
        }
    }

    @Test
    void placesAreRightBehindLongAndLargeContent() throws Exception {
        String text = "{\"history\": [\"" + "é😀x".repeat(200_000) + "\"], \"s\": \"" + "y".repeat(70_000)
                + "\", \"mcpServers\": {}}";
        assertThat(cursor(text))
                .isEqualTo(text.replace(
                        "{}}", "{\"chatelaine\": {\"command\": \"/opt/chatelaine\", \"args\": [\"stdio\"]}}}"));
    }

    @Test
    void noMessageQuotesTheFile() {
        assertThatThrownBy(() -> cursor("{\"env\": {\"KEY\": \"canary-7f\" canary-8f}}"))
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }
}
