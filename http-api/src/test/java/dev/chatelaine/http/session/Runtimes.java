package dev.chatelaine.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.EventsClient;
import dev.chatelaine.http.RawSocket;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import java.net.URI;

/** What a test does with bundles and sessions, in words. */
record Runtimes(TestServer server, RestClient owner) {
    private static final String BUNDLES = "/v1/tenants/me/secrets";
    private static final String SESSIONS = "/v1/sessions";

    static Runtimes of(TestServer server) {
        return new Runtimes(server, server.owner("acme"));
    }

    /** A session that runs, and its token. */
    record Running(String id, String token, String eventsUrl, TestServer server) {
        EventsClient listen() {
            return new EventsClient(eventsUrl, token);
        }

        EventsClient listen(long revision) {
            return new EventsClient(eventsUrl + "?revision=" + revision, token);
        }

        RawSocket raw() throws IOException {
            RawSocket socket =
                    RawSocket.open(server.port(), URI.create(eventsUrl).getPath(), token);
            assertThat(socket.answer()).startsWith("HTTP/1.1 101 ");
            return socket;
        }

        Answer env() {
            return new RestClient(server.server().address(), token).get(SESSIONS + "/" + id + "/env");
        }

        String value(String key) {
            return env().json().path("values").path(key).asString("");
        }

        long revision() {
            return env().json().path("revision").asLong();
        }
    }

    void create(String bundle, String values) {
        assertThat(owner.post(BUNDLES, "{\"name\":\"" + bundle + "\",\"values\":{" + values + "}}")
                        .status())
                .isEqualTo(201);
    }

    Answer put(String bundle, String values) {
        return owner.put(BUNDLES + "/" + bundle, "{\"values\":{" + values + "}}");
    }

    void replace(String bundle, String values) {
        Answer answer = put(bundle, values);
        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
    }

    Answer delete(String bundle) {
        return owner.delete(BUNDLES + "/" + bundle);
    }

    Running start(String bundle) {
        return running(owner.post(SESSIONS, "{\"agent\":{\"kind\":\"a\"},\"secrets\":[\"" + bundle + "\"]}"));
    }

    Running running(Answer started) {
        assertThat(started.status()).as(started.all()).isIn(200, 201);
        return new Running(
                started.text("id"),
                started.json().path("runtime").path("token").asString(),
                started.json().path("runtime").path("events_url").asString(),
                server);
    }

    void stop(Running session) {
        assertThat(owner.post(SESSIONS + "/" + session.id() + "/stop", "").status())
                .isEqualTo(200);
    }

    Running resume(Running session) {
        return running(owner.post(SESSIONS + "/" + session.id() + "/resume", ""));
    }
}
