package dev.chatelaine.http.session;

import static dev.chatelaine.http.session.Frames.hello;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.EventsClient;
import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RawSocket;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.session.Runtimes.Running;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionEventsIT {
    private static final String ONE = "\"A\":\"one\",\"B\":\"one\"";
    private static final String TWO = "\"A\":\"two\",\"B\":\"one\"";

    private TestServer server;
    private Runtimes acme;
    private Running session;

    @BeforeEach
    void start() {
        server = TestServer.start();
        acme = Runtimes.of(server);
        acme.create("bot", ONE);
        session = acme.start("bot");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRuntimeIsGreetedToldOfChangesAndSentHome() throws Exception {
        try (EventsClient runtime = session.listen()) {
            assertThat(runtime.next().toString()).isEqualTo(hello(1).text());
            acme.replace("bot", TWO);
            assertThat(runtime.next().toString())
                    .isEqualTo("{\"type\":\"system\",\"event\":\"config_update\",\"keys\":[\"A\"],\"revision\":2}");
            assertThat(session.value("A")).isEqualTo("two");
            acme.replace("bot", "\"B\":\"one\",\"C\":\"new\"");
            assertThat(runtime.told()).isEqualTo("config_update [A, C] 3");
            assertThat(session.env().json().path("values").propertyNames()).containsExactly("B", "C");
            acme.stop(session);
            assertThat(runtime.next().toString()).isEqualTo("{\"type\":\"system\",\"event\":\"session_stopped\"}");
            assertThat(runtime.end()).isEqualTo(1000);
        }
    }

    @Test
    void ofTheSameValuesNobodyIsTold() throws Exception {
        try (EventsClient runtime = session.listen()) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            acme.replace("bot", ONE);
            acme.replace("bot", TWO);
            assertThat(runtime.told()).isEqualTo("config_update [A] 2");
        }
    }

    @Test
    void aSecretsNewVersionIsAChangeLikeAnyOther() throws Exception {
        acme.owner().post("/api/secrets", "{\"name\":\"db\",\"value\":\"one\"}");
        Running other = acme.running(
                acme.owner().post("/v1/sessions", "{\"agent\":{\"kind\":\"a\"},\"secret_refs\":{\"DB\":\"db\"}}"));
        try (EventsClient runtime = other.listen()) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            acme.owner().put("/api/secrets/db", "{\"value\":\"two\"}");
            assertThat(runtime.told()).isEqualTo("config_update [DB] 2");
            assertThat(other.value("DB")).isEqualTo("two");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | config_update [A, B] 3
            1 | config_update [A, B] 3
            2 | config_update [B] 3
            3 |
            4 | config_update [A, B] 3
            999999999999999999 | config_update [A, B] 3
            """)
    void whoComesBackIsToldWhatWasMissed(long revision, String missed) throws Exception {
        acme.replace("bot", TWO);
        acme.replace("bot", "\"A\":\"two\",\"B\":\"three\"");
        try (EventsClient runtime = session.listen(revision)) {
            assertThat(runtime.told()).isEqualTo("hello 3");
            if (missed != null) {
                assertThat(runtime.told()).isEqualTo(missed);
            }
            acme.replace("bot", "\"A\":\"four\",\"B\":\"three\"");
            assertThat(runtime.told()).isEqualTo("config_update [A] 4");
        }
    }

    @Test
    void twoSocketsOfASessionAreBothTold() throws Exception {
        try (EventsClient first = session.listen();
                EventsClient second = session.listen(1)) {
            assertThat(first.told()).isEqualTo(second.told()).isEqualTo("hello 1");
            acme.replace("bot", TWO);
            assertThat(first.told()).isEqualTo(second.told()).isEqualTo("config_update [A] 2");
            first.close();
            acme.replace("bot", ONE);
            assertThat(second.told()).isEqualTo("config_update [A] 3");
        }
    }

    @Test
    void aSeventeenthSocketTakesThePlaceOfTheFirst() throws Exception {
        List<EventsClient> all = new ArrayList<>();
        for (int i = 0; i <= SessionEvents.MOST_SOCKETS; i++) {
            all.add(session.listen());
            assertThat(all.get(i).told()).isEqualTo("hello 1");
        }
        assertThat(all.get(0).end()).isEqualTo(1008);
        acme.replace("bot", TWO);
        for (EventsClient runtime : all.subList(1, all.size())) {
            assertThat(runtime.told()).isEqualTo("config_update [A] 2");
            runtime.close();
        }
    }

    @Test
    void whoResumesSendsTheOldRuntimeHomeAndNotTheNewOne() throws Exception {
        try (EventsClient before = session.listen()) {
            assertThat(before.told()).isEqualTo("hello 1");
            acme.stop(session);
            Running resumed = acme.resume(session);
            try (EventsClient after = resumed.listen()) {
                assertThat(after.told()).isEqualTo("hello 2");
                assertThat(before.told()).isEqualTo("session_stopped");
                assertThat(before.end()).isEqualTo(1000);
                acme.replace("bot", TWO);
                assertThat(after.told()).isEqualTo("config_update [A] 3");
            }
        }
    }

    @Test
    void othersChangesAreNobodysNews() throws Exception {
        Runtimes rival = new Runtimes(server, server.owner("rival"));
        rival.create("bot", ONE);
        acme.create("other", ONE);
        try (EventsClient runtime = session.listen()) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            rival.replace("bot", TWO);
            acme.replace("other", TWO);
            acme.delete("other");
            acme.replace("bot", TWO);
            assertThat(runtime.told()).isEqualTo("config_update [A] 2");
        }
    }

    @Test
    void onlyTheSessionsOwnTokenOpensASocket() throws IOException {
        Running other = acme.start("bot");
        Running stopped = acme.start("bot");
        acme.stop(stopped);
        String path = URI.create(session.eventsUrl()).getPath();
        for (String wrong : List.of(
                "Authorization: Bearer " + other.token(),
                "Authorization: Bearer acme:owner",
                "Authorization: Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
                "Authorization: Basic " + session.token(),
                "Cookie: chatelaine=" + session.token(),
                "X-None: 1")) {
            assertRefused(RawSocket.request(path, wrong), 401);
        }
        String revoked = URI.create(stopped.eventsUrl()).getPath();
        assertRefused(RawSocket.request(revoked, "Authorization: Bearer " + stopped.token()), 401);
        assertRefused(RawSocket.request(path + "?token=" + session.token()), 401);
        String good = "Authorization: Bearer " + session.token();
        assertRefused(RawSocket.request(path, good, good), 400);
        assertRefused(RawSocket.request(path + "?revision=x", good), 400);
        assertRefused(RawSocket.request(path, good, "Origin: https://evil.example"), 403);
        assertRefused(RawSocket.request(path, good).replace("Host: localhost", "Host: evil.example"), 403);
        assertRefused(RawSocket.request(path, good).replace("Version: 13", "Version: 12"), 426);
        try (RawSocket socket = session.raw()) {
            assertThat(socket.text()).isEqualTo(hello(1).text());
        }
    }

    @Test
    void stoppingTheServerSaysThatItGoesAway() throws Exception {
        try (EventsClient runtime = session.listen()) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            server.server().stop();
            assertThat(runtime.end()).isEqualTo(1001);
        }
    }

    private void assertRefused(String request, int status) throws IOException {
        try (RawConnection connection = server.raw()) {
            String answer = connection.send(request).answer();
            assertThat(RawConnection.status(answer)).as(answer).isEqualTo(status);
            if (status == 401) {
                assertThat(answer).contains("WWW-Authenticate: Bearer realm=\"session\"");
            }
        }
    }
}
