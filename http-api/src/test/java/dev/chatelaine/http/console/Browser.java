package dev.chatelaine.http.console;

import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls as one of the server's own pages would: with the cookies it was given, and its origin on every write. */
public final class Browser {
    private final RestClient client;
    private final String origin;
    private final Map<String, String> cookies;

    public Browser(URI server) {
        this(server, server.toString());
    }

    /** Of a server whose pages have this origin. */
    public Browser(URI server, String origin) {
        this(new RestClient(server, ""), origin, new LinkedHashMap<>());
    }

    private Browser(RestClient client, String origin, Map<String, String> cookies) {
        this.client = client;
        this.origin = origin;
        this.cookies = cookies;
    }

    /** The same browser, whose next calls get to another node. */
    public Browser at(URI node) {
        return new Browser(new RestClient(node, ""), origin, cookies);
    }

    public Answer get(String path) {
        return send("GET", path, "", Map.of());
    }

    public Answer post(String path, String json) {
        return send("POST", path, json, Map.of("Origin", origin));
    }

    public Answer delete(String path) {
        return send("DELETE", path, "", Map.of("Origin", origin));
    }

    public Answer signIn(String link) {
        return post("/console/session/link", "{\"link\":\"" + link + "\"}");
    }

    public Answer send(String method, String path, String json, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (!cookies.isEmpty()) {
            all.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        Answer answer = client.send(method, path, json, all);
        answer.response().headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    public String cookie(String name) {
        return String.valueOf(cookies.get(name));
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    private void keep(String setCookie) {
        String pair = setCookie.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (setCookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }
}
