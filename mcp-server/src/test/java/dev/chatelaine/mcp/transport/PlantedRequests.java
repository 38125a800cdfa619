package dev.chatelaine.mcp.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Requests in which a value is where it may be, where it may not, and where no value could be read from, as they go over
 * the wire. Each asks for its connection to be closed, so that an answer has an end.
 */
final class PlantedRequests {
    private static final int LONGEST_BODY = 1 << 20;
    private static final int LONG_HEADER = 64 << 10;

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /api/secrets", "{'name':'NAME','value':'VALUE','description':'d'}"),
            Map.entry("PUT /api/secrets/{name}", "{'value':'VALUE'}"),
            Map.entry("POST /api/secrets/{name}/rollback", "{'version':1}"),
            Map.entry("POST /api/v1/llm-configs", "{'name':'NAME','provider':'openai','model':'m'}"),
            Map.entry("PATCH /api/v1/llm-configs/{name}", "{'model':'m2'}"),
            Map.entry("PUT /api/v1/llm-configs/{name}/key", "{'api_key':'VALUE'}"),
            Map.entry("POST /v1/tenants/me/secrets", "{'name':'NAME','values':{'A':'VALUE'}}"),
            Map.entry("PUT /v1/tenants/me/secrets/{name}", "{'values':{'A':'VALUE','B':'VALUE'}}"),
            Map.entry("POST /v1/sessions", "{'agent':{'kind':'a'},'secrets':['NAME']}"),
            Map.entry("POST /api/v1/gateway-keys", "{'name':'NAME','spend_cap_micro_usd':1}"),
            Map.entry("PATCH /api/v1/gateway-keys/{id}", "{'spend_cap_micro_usd':2}"),
            Map.entry("POST /api/v1/gateway-keys/{id}/rotate", "{'grace_seconds':60}"));

    private static final List<String> BAD_BODIES = List.of(
            "{'VALUE':1}",
            "{'name':'a','value':'v','VALUE':'VALUE'}",
            "{'name':'KEY','value':'v'}",
            "{'name':'a','value':'v','description':'KEY'}",
            "{'name':'a','value':['VALUE']}",
            "{'name':'a','value':{'VALUE':'VALUE'}}",
            "{'name':'a','value':'v','category':'VALUE'}",
            "{'name':'KEY','provider':'VALUE','model':'KEY','base_url':'https://u:VALUE@example.com'}",
            "{'name':'a','provider':'openai','model':'m','api_key':'VALUE'}",
            "{'api_key':'\\u0000VALUE'}",
            "{'value':'VALUE'",
            "{'value':'VALUE','value':'VALUE'}",
            "{'version':'VALUE'}",
            "{'name':'a','values':{'VALUE':'v'}}",
            "{'name':'a','values':{'A':{'VALUE':'VALUE'}}}",
            "{'name':'KEY','values':{'A':'v'}}",
            "{'values':{'A':'VALUE','path':'VALUE'}}",
            "{'agent':{'kind':'KEY'},'user_id':'KEY','template':'KEY'}",
            "{'agent':{'kind':'a','VALUE':1},'secrets':['VALUE'],'secret_refs':{'KEY':'VALUE'}}",
            "{'agent':{'kind':'a'},'llm':{'vendor':'KEY','model':'KEY','base_url':'https://u:VALUE@example.com'}}",
            "{'name':'a','allowed_models':['KEY','VALUE/VALUE'],'expires_at':'VALUE'}",
            "{'name':'a','allowed_models':['VALUE/VALUE']}",
            "{'name':'a','fallback_model':'VALUE'}",
            "{'fallback_model':'KEY','spend_cap_micro_usd':'VALUE'}",
            "{'expires_at':'VALUE'}",
            "{'grace_seconds':'VALUE'}",
            "{'value':'VALUE'} VALUE",
            "'VALUE'",
            "VALUE");

    private static final List<String> HEADERS = List.of(
            "X-Value: VALUE\r\nX-Request-Id: KEY\r\n",
            "If-Match: \"VALUE\"\r\n",
            "Cookie: VALUE\r\nUser-Agent: VALUE\r\nReferer: https://VALUE\r\nAccept: VALUE\r\n",
            "Content-Type: VALUE\r\n",
            "Content-Encoding: VALUE\r\n",
            "Transfer-Encoding: VALUE\r\n",
            "Expect: VALUE\r\n",
            "X-Tenant-Id: VALUE\r\n",
            "X-Tenant-Id: KEY\r\n",
            "Origin: https://KEY.example\r\n",
            "Origin: VALUE\r\n",
            "VALUE: VALUE\r\n",
            "VALUE\r\n",
            "Mcp-Session-Id: VALUE\r\n",
            "MCP-Protocol-Version: VALUE\r\nLast-Event-ID: VALUE\r\n");

    private final String key;
    private final String value;

    /**
     * Requests with these values.
     *
     * @param key one that has a provider's shape, for places where only the shape tells a value from a name
     * @param value any other
     */
    PlantedRequests(String key, String value) {
        this.key = key;
        this.value = value;
    }

    /** What an operation is sent, well and ill. */
    List<String> to(String method, String template, String name, String token) {
        String path = template.replaceAll("\\{[a-z]+}", name);
        String body = BODIES.getOrDefault(method + " " + template, "").replace("NAME", name);
        String bearer = "Authorization: Bearer " + token + "\r\n";
        List<String> requests = new ArrayList<>();
        requests.add(request(method, path, "localhost", bearer, body));
        requests.add(request(method, path, "localhost", bearer, body.replace("VALUE", "KEY")));
        Stream.of(
                        "?value=VALUE&VALUE=1",
                        "?limit=KEY",
                        "?cursor=KEY",
                        "?query=KEY",
                        "?group_by=VALUE",
                        "?from=VALUE",
                        "/%2fKEY",
                        "/..;/KEY",
                        "/%00KEY")
                .forEach(more -> requests.add(request(method, path + more, "localhost", bearer, body)));
        requests.add(request(method, template.replaceAll("\\{[a-z]+}", "KEY"), "localhost", bearer, body));
        requests.add(request(method, template.replaceAll("\\{[a-z]+}", "VALUE"), "localhost", bearer, body));
        requests.add(request("KEY", path, "localhost", bearer, body));
        requests.add(request(method, path, "KEY.example", bearer, body));
        requests.add(request(method, path, "VALUE", bearer, body));
        HEADERS.forEach(more -> requests.add(request(method, path, "localhost", bearer + more, body)));
        if (!method.equals("GET")) {
            BAD_BODIES.forEach(bad -> requests.add(request(method, path, "localhost", bearer, bad)));
        }
        return requests;
    }

    /** What no operation takes: too much of everything. */
    List<String> tooMuch(String token) {
        String bearer = "Authorization: Bearer " + token + "\r\n";
        String longBody = "{'value':'" + "VALUE".repeat(LONGEST_BODY / 5) + "'}";
        return List.of(
                request("POST", "/api/secrets", "localhost", bearer, longBody),
                request("POST", "/mcp", "localhost", bearer, longBody),
                request("GET", "/healthz", "localhost", "X-Long: " + "VALUE".repeat(LONG_HEADER / 5) + "\r\n", ""),
                request("GET", "/" + "KEY".repeat(LONG_HEADER / 3), "localhost", bearer, ""),
                request("GET", "/api/secrets", "localhost", "Authorization: Bearer " + "KEY".repeat(3000) + "\r\n", ""),
                "VALUE\r\n\r\n",
                "GET VALUE HTTP/1.1\r\nHost: VALUE\r\n\r\n".replace("VALUE", value),
                "GET / KEY/1.1\r\n\r\n".replace("KEY", key));
    }

    /** What says who is calling, and is not believed. */
    List<String> withBadTokens() {
        String claims = "{'iss':'chatelaine','aud':'chatelaine','sub':'VALUE','tenant':'KEY','exp':4102444800}";
        return Stream.of(
                        "Bearer VALUE",
                        "Bearer KEY",
                        "Basic " + base64("user:" + value),
                        "VALUE",
                        "Bearer " + jwt("{'alg':'none'}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'HS256'}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'ES256','kid':'VALUE'}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'ES256','kid':'../../KEY'}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'ES256','jwk':{'kty':'oct','k':'KEY'}}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'ES256','jku':'https://KEY.example/VALUE'}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'ES256','x5u':'https://KEY.example'}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'ES256','crit':['VALUE'],'VALUE':1}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'VALUE','typ':'VALUE'}", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'ES256'", claims, "KEY"),
                        "Bearer " + jwt("{'alg':'ES256'}", "VALUE", "KEY"))
                .flatMap(given -> Stream.of("/api/secrets", "/mcp", "/sse", "/messages?sessionId=VALUE")
                        .map(path -> request("GET", path, "localhost", "Authorization: " + given + "\r\n", "")))
                .toList();
    }

    /** A message of MCP, or what is none. */
    String message(String path, String token, String session, String body) {
        String own = session.isEmpty() ? "" : "Mcp-Session-Id: " + session + "\r\n";
        return request(
                "POST",
                path,
                "localhost",
                "Authorization: Bearer " + token + "\r\nAccept: application/json, text/event-stream\r\n" + own,
                body);
    }

    /** A text with the values in their places. */
    String planted(String text) {
        return text.replace('\'', '"').replace("VALUE", value).replace("KEY", key);
    }

    private String request(String method, String path, String host, String headers, String body) {
        String sent = planted(body);
        String type = headers.contains("Content-Type") ? "" : "Content-Type: application/json\r\n";
        String length = sent.isEmpty() ? "" : "Content-Length: " + sent.length() + "\r\n";
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers;
        return planted(head) + type + length + "\r\n" + sent;
    }

    private String jwt(String header, String claims, String signature) {
        return base64(planted(header)) + "." + base64(planted(claims)) + "." + signature;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
