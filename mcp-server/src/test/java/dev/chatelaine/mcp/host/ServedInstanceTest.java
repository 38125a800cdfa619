package dev.chatelaine.mcp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.mcp.host.ServedInstance.SignIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The entry of a served instance: each case shows a whole file before and after. */
class ServedInstanceTest {
    private static final String URL = "https://vault.example.com/mcp";
    private static final LaunchedServer LAUNCHED = LaunchedServer.stdio("/opt/chatelaine");
    private static final String ASKED = "{\"type\":\"promptString\",\"id\":\"chatelaine-token\","
            + "\"description\":\"Token for Chatelaine\",\"password\":true}";

    private static ServedInstance served(SignIn signIn) {
        return ServedInstance.at(URL, signIn).orElseThrow();
    }

    private static String merged(McpHost host, ServerEntry server, String text) throws MalformedJsonException {
        String once = new HostConfiguration(host, server).mergedInto(text);
        assertThat(new HostConfiguration(host, server).mergedInto(once)).isEqualTo(once);
        return once;
    }

    private static String token(McpHost host, String text) throws MalformedJsonException {
        return merged(host, served(SignIn.TOKEN), text);
    }

    @Test
    void eachHostHasItsOwnShape() {
        assertThat(new HostConfiguration(McpHost.CLAUDE_CODE, served(SignIn.TOKEN)).alone())
                .isEqualTo("""
                {
                  "mcpServers": {
                    "chatelaine": {
                      "type": "http",
                      "url": "https://vault.example.com/mcp",
                      "headers": {
                        "Authorization": "Bearer ${CHATELAINE_TOKEN}"
                      }
                    }
                  }
                }
                """);
        assertThat(new HostConfiguration(McpHost.CURSOR, served(SignIn.TOKEN)).alone())
                .isEqualTo("""
                {
                  "mcpServers": {
                    "chatelaine": {
                      "url": "https://vault.example.com/mcp",
                      "headers": {
                        "Authorization": "Bearer ${env:CHATELAINE_TOKEN}"
                      }
                    }
                  }
                }
                """);
        assertThat(new HostConfiguration(McpHost.VS_CODE, served(SignIn.TOKEN)).alone())
                .isEqualTo("""
                {
                  "servers": {
                    "chatelaine": {
                      "type": "http",
                      "url": "https://vault.example.com/mcp",
                      "headers": {
                        "Authorization": "Bearer ${input:chatelaine-token}"
                      }
                    }
                  },
                  "inputs": [{
                    "type": "promptString",
                    "id": "chatelaine-token",
                    "description": "Token for Chatelaine",
                    "password": true
                  }]
                }
                """);
    }

    @ParameterizedTest
    @EnumSource(
            value = McpHost.class,
            names = {"CLAUDE_CODE", "CURSOR", "VS_CODE"})
    void signingInTakesTheAddressAlone(McpHost host) {
        assertThat(new HostConfiguration(host, served(SignIn.OAUTH)).alone())
                .contains(URL)
                .doesNotContain("headers", "inputs");
    }

    @Test
    void claudeDesktopTakesNone() {
        assertThatThrownBy(() -> new HostConfiguration(McpHost.CLAUDE_DESKTOP, served(SignIn.TOKEN)))
                .isInstanceOfSatisfying(
                        SetupException.class, e -> assertThat(e.next()).contains(URL, "custom connector"));
    }

    @Test
    void theOneFormTakesThePlaceOfTheOtherAndLeavesAllElse() throws Exception {
        String before = "{\"mcpServers\":{\"a\":{\"command\":\"x\"},"
                + "\"chatelaine\":{\"command\":\"/opt/chatelaine\",\"args\":[\"stdio\"]},\"b\":{\"url\":\"y\"}}} // mine";
        String over = token(McpHost.CURSOR, before);

        assertThat(over)
                .isEqualTo("{\"mcpServers\":{\"a\":{\"command\":\"x\"},\"chatelaine\":{\"url\":\"" + URL
                        + "\",\"headers\":{\"Authorization\":\"Bearer ${env:CHATELAINE_TOKEN}\"}},"
                        + "\"b\":{\"url\":\"y\"}}} // mine");
        assertThat(merged(McpHost.CURSOR, LAUNCHED, over)).isEqualTo(before);
    }

    @Test
    void aPersonsOwnHeadersAndMembersStay() throws Exception {
        assertThat(token(McpHost.CURSOR, """
                {"mcpServers": {
                  "chatelaine": {
                    "url": "http://127.0.0.1:8470/mcp",
                    "headers": {"X-Tenant-Id": "acme"}, // mine
                    "disabled": true
                  }
                }}""")).isEqualTo("""
                {"mcpServers": {
                  "chatelaine": {
                    "url": "https://vault.example.com/mcp",
                    "headers": {"X-Tenant-Id": "acme", "Authorization": "Bearer ${env:CHATELAINE_TOKEN}"}, // mine
                    "disabled": true
                  }
                }}""");
    }

    @Test
    void aTokenInTheFileMakesRoomForItsName() throws Exception {
        assertThat(token(
                        McpHost.CLAUDE_CODE,
                        "{\"mcpServers\":{\"chatelaine\":{\"type\":\"sse\",\"url\":\"" + URL
                                + "\",\"headers\":{\"Authorization\":\"Bearer eyJ\"}}}}"))
                .isEqualTo("{\"mcpServers\":{\"chatelaine\":{\"type\":\"http\",\"url\":\"" + URL
                        + "\",\"headers\":{\"Authorization\":\"Bearer ${CHATELAINE_TOKEN}\"}}}}");
    }

    @Test
    void aHeaderOfTheSameNameInOtherLettersIsNotSentBesideIt() throws Exception {
        assertThat(token(
                        McpHost.CURSOR,
                        "{\"mcpServers\":{\"chatelaine\":{\"url\":\"" + URL
                                + "\",\"headers\":{\"authorization\":\"Bearer eyJ\"}}}}"))
                .doesNotContain("eyJ", "authorization");
    }

    @Test
    void signingInTakesAnEarlierTokenAway() throws Exception {
        String withToken = token(McpHost.CURSOR, "{}");
        assertThat(merged(McpHost.CURSOR, served(SignIn.OAUTH), withToken)).doesNotContain("Authorization");
        String own =
                "{\"mcpServers\":{\"chatelaine\":{\"url\":\"" + URL + "\",\"headers\":{\"X-Tenant-Id\":\"acme\"}}}}";
        assertThat(merged(McpHost.CURSOR, served(SignIn.OAUTH), own)).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                          | [@]",
                "[ ]                         | [@ ]",
                "[{\"id\":\"a\"}]            | [@,{\"id\":\"a\"}]",
                "[{\"id\":\"a\"},]           | [@,{\"id\":\"a\"},]",
                "[/* x */]                   | [@/* x */]",
                "[{\"id\":\"chatelaine-token\",\"type\":\"command\"}] | [{\"id\":\"chatelaine-token\",\"type\":\"command\"}]",
            })
    void theTokenIsAskedForBesideWhatIsAskedForAlready(String before, String after) throws Exception {
        assertThat(token(McpHost.VS_CODE, "{\"inputs\":" + before + "}"))
                .startsWith("{\"inputs\":" + after.replace("@", ASKED) + ",\"servers\":{");
    }

    @Test
    void whatIsAskedForOnLinesOfItsOwnStaysSo() throws Exception {
        assertThat(token(McpHost.VS_CODE, "{\r\n\t\"inputs\": [\r\n\t\t{\"id\": \"a\"} // mine\r\n\t]\r\n}\r\n"))
                .startsWith("{\r\n\t\"inputs\": [\r\n\t\t{\r\n\t\t\t\"type\": \"promptString\",\r\n")
                .contains("\"password\": true\r\n\t\t},\r\n\t\t{\"id\": \"a\"} // mine\r\n\t],\r\n\t\"servers\": {");
    }

    @Test
    void inputsThatAreNoListAreLeftAlone() {
        assertThatThrownBy(() -> token(McpHost.VS_CODE, "{\"inputs\": {}}"))
                .hasMessage("has something else than an array as \"inputs\"");
        assertThatThrownBy(() -> token(McpHost.VS_CODE, "{\"inputs\": [], \"inputs\": []}"))
                .hasMessageContaining("twice");
    }

    @ParameterizedTest
    @CsvSource({
        "https://vault.example.com,       https://vault.example.com/mcp",
        "https://vault.example.com:8443/, https://vault.example.com:8443/mcp",
        "http://localhost:8470,           http://localhost:8470/mcp",
        "http://[::1]:8470/mcp,           http://[::1]:8470/mcp",
        "https://example.com/a/mcp,       https://example.com/a/mcp",
    })
    void anAddressWithoutAPathIsMeantWithMcps(String given, String url) {
        assertThat(ServedInstance.at(given, SignIn.TOKEN).orElseThrow().url()).hasToString(url);
    }
}
