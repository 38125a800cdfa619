package dev.chatelaine.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.EventsClient;
import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RawSocket;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.session.Runtimes.Running;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BadDaysIT {
    private static final int SESSIONS = 100;
    private static final int PUTS = 100;
    private static final int KEYS = 5;

    private final Moving clock = new Moving();
    private TestServer server;
    private Runtimes acme;

    /** A clock that a test moves. */
    private static final class Moving extends Clock {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void start() {
        start(Duration.ofSeconds(20));
    }

    private void start(Duration ping) {
        server = TestServer.start(TestServer.loopback(TestServer.QUICK.pingingEvery(ping)), clock);
        acme = Runtimes.of(server);
        acme.create("bot", values(0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aHundredReplacementsInARowReachAHundredSessions() throws Exception {
        List<Running> sessions = new ArrayList<>();
        List<EventsClient> runtimes = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(acme.start("bot"));
            runtimes.add(sessions.get(i).listen());
            assertThat(runtimes.get(i).told()).isEqualTo("hello 1");
        }
        for (int i = 1; i <= PUTS; i++) {
            acme.replace("bot", values(i));
            if (i % 10 == 0) {
                Running any = sessions.get(i - 1);
                assertThat(any.value(key(i))).as("what is answered is in force").isEqualTo("v" + i);
            }
        }
        for (EventsClient runtime : runtimes) {
            Set<String> named = new TreeSet<>();
            long revision = 1;
            while (revision < PUTS + 1) {
                JsonNode frame = runtime.next();
                assertThat(frame.path("revision").asLong()).isGreaterThan(revision);
                revision = frame.path("revision").asLong();
                named.addAll(EventsClient.keys(frame));
            }
            assertThat(named).hasSize(KEYS);
            assertThat(runtime.isQuiet()).isTrue();
            runtime.close();
        }
        assertThat(sessions.get(0).revision()).isEqualTo(PUTS + 1);
    }

    @Test
    void aSessionThatIsStoppedWhileItsUpdateIsOnTheWayEndsStopped() throws Exception {
        for (int round = 1; round <= 10; round++) {
            Running session = acme.start("bot");
            int value = round;
            try (EventsClient runtime = session.listen()) {
                assertThat(runtime.told()).isEqualTo("hello 1");
                CompletableFuture<Void> put = CompletableFuture.runAsync(() -> acme.replace("bot", values(value)));
                CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> acme.stop(session));
                put.join();
                stop.join();
                String told = runtime.told();
                if (told.startsWith("config_update")) {
                    told = runtime.told();
                }
                assertThat(told).isEqualTo("session_stopped");
                assertThat(runtime.end()).isEqualTo(1000);
                assertThat(session.env().status()).isEqualTo(401);
            }
        }
    }

    @Test
    void evilClientsDelayNobody() throws Exception {
        List<RawSocket> evil = new ArrayList<>();
        Running session = acme.start("bot");
        Running other = acme.start("bot");
        for (int i = 0; i < 10; i++) {
            evil.add(other.raw());
        }
        evil.get(1).send(RawSocket.TEXT, true, new byte[10 << 20]);
        evil.get(2).send(RawSocket.BINARY, true, new byte[10]);
        evil.get(3).send(RawSocket.TEXT, true, new byte[] {(byte) 0xff});
        evil.get(4).send(RawSocket.TEXT, false, new byte[] {'a'});
        for (int i = 0; i < 500; i++) {
            evil.get(4).send(RawSocket.CONTINUATION, false, new byte[] {'a'});
            evil.get(5).send(i == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION, false, new byte[0]);
            evil.get(6).send(RawSocket.PING, "marco");
        }
        evil.get(7).halfClose();
        evil.get(8).send(new byte[] {(byte) 0x81});
        try (EventsClient runtime = session.listen()) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            for (int i = 1; i <= 20; i++) {
                acme.replace("bot", values(i));
                assertThat(runtime.told()).isEqualTo("config_update [" + key(i) + "] " + (i + 1));
            }
        }
        RawSocket wellBehaved = evil.get(0);
        assertThat(wellBehaved.text()).contains("hello");
        assertThat(wellBehaved.text()).contains("config_update");
        for (RawSocket socket : evil) {
            socket.close();
        }
    }

    @Test
    void whoReadsNothingIsToldTheNewestWhenItReadsAgain() throws Exception {
        Running session = acme.start("bot");
        try (RawSocket slow = session.raw()) {
            for (int i = 1; i <= 50; i++) {
                acme.replace("bot", values(i));
            }
            String last = slow.text();
            while (!last.endsWith("\"revision\":51}")) {
                last = slow.text();
            }
        }
    }

    @Test
    void aVaultThatIsAwayForAWhileIsNoticedByNoSocket() throws Exception {
        Running session = acme.start("bot");
        try (EventsClient runtime = session.listen()) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            sql("ALTER TABLE announcement_head RENAME TO away", "ALTER TABLE session_tokens RENAME TO gone");
            Answer refused = acme.put("bot", values(1));
            assertThat(refused.status()).as(refused.all()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(session.env().status()).isEqualTo(503);
            try (RawConnection connection = server.raw()) {
                String answer = connection
                        .send(RawSocket.request(
                                "/v1/sessions/" + session.id() + "/events", "Authorization: Bearer " + session.token()))
                        .answer();
                assertThat(answer).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
            }
            assertThat(runtime.isQuiet()).isTrue();
            sql("ALTER TABLE away RENAME TO announcement_head", "ALTER TABLE gone RENAME TO session_tokens");
            acme.replace("bot", values(1));
            assertThat(runtime.told()).isEqualTo("config_update [K1] 2");
            assertThat(session.value("K1")).isEqualTo("v1");
        }
    }

    @Test
    void anExpiredTokenEndsTheSocket() throws Exception {
        server.close();
        start(Duration.ofMillis(500));
        Running session = acme.start("bot");
        try (EventsClient runtime = session.listen()) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            clock.ahead.set(Duration.ofHours(25));
            assertThat(runtime.told()).isEqualTo("session_stopped");
            assertThat(runtime.end()).isEqualTo(1000);
            assertThat(session.env().status()).isEqualTo(401);
        }
    }

    @Test
    void whoReadsAnEnvironmentSlowlyDelaysNobody() throws Exception {
        String long32 = "x".repeat(65_536);
        List<String> large = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            large.add("\"L" + i + "\":\"" + long32 + "\"");
        }
        acme.create("large", String.join(",", large));
        Running session = acme.start("large");
        String request = "GET /v1/sessions/" + session.id()
                + "/env HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + session.token() + "\r\n\r\n";
        List<RawConnection> slow = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            slow.add(server.raw().send(request));
        }
        assertThat(session.value("L7")).hasSize(65_536);
        Running other = acme.start("bot");
        assertThat(other.value("K1")).isEqualTo("v0");
        for (RawConnection connection : slow) {
            connection.close();
        }
    }

    /** Of the keys, one after the other gets a new value. */
    private static String values(int put) {
        List<String> values = new ArrayList<>();
        for (int key = 1; key <= KEYS; key++) {
            int last = put - Math.floorMod(put - key, KEYS);
            values.add("\"K" + key + "\":\"v" + Math.max(0, last) + "\"");
        }
        return String.join(",", values);
    }

    /** The key that got its value with this replacement. */
    private static String key(int put) {
        return "K" + (Math.floorMod(put - 1, KEYS) + 1);
    }

    private void sql(String... statements) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.folder().resolve("vault.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=30000");
            statement.execute("PRAGMA foreign_keys=OFF");
            statement.execute("PRAGMA legacy_alter_table=ON");
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }
}
