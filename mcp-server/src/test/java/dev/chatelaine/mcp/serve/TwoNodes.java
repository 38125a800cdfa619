package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.EventsClient;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.vault.access.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two served nodes, and whoever else a test begins, on one PostgreSQL database with the same root key. */
final class TwoNodes implements AutoCloseable {
    static final String PUBLIC = "http://localhost:8470";

    private static final String BUNDLES = "/v1/tenants/me/secrets";
    private static final String SESSIONS = "/v1/sessions";

    private final Map<String, String> environment = new HashMap<>();
    private final Served served;
    private final HttpService second;

    TwoNodes(Path home, String database, Map<String, String> more) {
        environment.put("CHATELAINE_DATABASE_URL", database);
        environment.put("CHATELAINE_PUBLIC_URL", PUBLIC);
        environment.putAll(more);
        this.served = Served.in(home, environment);
        this.second = served.anotherNode();
    }

    /** What a further node is told. */
    Map<String, String> environment() {
        return environment;
    }

    Served operator() {
        return served;
    }

    HttpService one() {
        return served.service();
    }

    HttpService other() {
        return second;
    }

    List<URI> addresses() {
        return List.of(one().address(), other().address());
    }

    /** A client of one node, as acme's owner. */
    RestClient owner(URI node) {
        return new RestClient(node, served.token("acme", "ada", Role.OWNER));
    }

    /** A session that runs, wherever one asks. */
    record Running(String id, String token) {
        EventsClient listen(URI node) {
            return new EventsClient("ws://" + node.getAuthority() + SESSIONS + "/" + id + "/events", token);
        }

        Answer env(URI node) {
            return new RestClient(node, token).get(SESSIONS + "/" + id + "/env");
        }

        long revision(URI node) {
            return env(node).json().path("revision").asLong();
        }
    }

    static Answer put(RestClient owner, String bundle, String value) {
        return owner.put(BUNDLES + "/" + bundle, "{\"values\":{\"KEY\":\"" + value + "\"}}");
    }

    /** A session with a new bundle of one value. */
    static Running start(RestClient owner, String bundle) {
        assertThat(owner.post(BUNDLES, "{\"name\":\"" + bundle + "\",\"values\":{\"KEY\":\"first\"}}")
                        .status())
                .isEqualTo(201);
        Answer started = owner.post(SESSIONS, "{\"agent\":{\"kind\":\"a\"},\"secrets\":[\"" + bundle + "\"]}");
        assertThat(started.status()).as(started.all()).isEqualTo(201);
        return new Running(
                started.text("id"), started.json().path("runtime").path("token").asString());
    }

    @Override
    public void close() {
        second.close();
        served.close();
    }
}
