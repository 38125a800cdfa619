package dev.chatelaine.mcp.gateway;

import static dev.chatelaine.mcp.gateway.GatewayService.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.FreePort;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is stopped while a stream is under way. */
class DatabaseGoneIT {
    @TempDir
    private Path home;

    private final PausedStream paused = new PausedStream();
    private int port;

    @SuppressWarnings("NullAway.Init")
    private PostgresServer server;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Application application;

    @BeforeEach
    void start() throws IOException {
        port = FreePort.next();
        begin();
        service = GatewayService.in(home, Map.of("CHATELAINE_DATABASE_URL", server.create("vault")));
        application = service.application(service.key("app"));
        service.provider("openai").next(paused);
    }

    @AfterEach
    void stop() {
        paused.goOn();
        service.close();
        server.close();
    }

    private void begin() {
        server = PostgresServer.start(home.resolve("pg"), port);
    }

    /** A stream whose end comes when there is no database; gives what was reserved for it. */
    private long streamThatOutlivesTheDatabase() {
        StreamUnderWay stream = application.begin(service.model("openai"));
        long reserved = service.spend("app").reserved();
        assertThat(reserved).isGreaterThan(PausedStream.COST);
        server.close();
        paused.goOn();
        stream.assertEndsWell();
        return reserved;
    }

    private boolean isSettled() {
        try {
            return service.spend("app").reserved() == 0;
        } catch (VaultException e) {
            return false;
        }
    }

    @Test
    void theStreamEndsWellAndTheSettlementFollows() {
        streamThatOutlivesTheDatabase();
        Answered meanwhile = application.chat(service.model("openai"), "hello there");
        assertThat(meanwhile.status()).as(meanwhile.all()).isEqualTo(503);
        assertThat(meanwhile.code()).isEqualTo("vault_unavailable");
        assertThat(meanwhile.json().path("error").path("type").asString()).isEqualTo("api_error");
        assertThat(service.provider("openai").requests()).hasSize(1);
        // Whoever writes waits as long for a connection: once these have given up, so has the first try to settle.
        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowable(() -> service.key("meanwhile"))).isInstanceOf(VaultException.class);
        }

        begin();
        Await.that(this::isSettled);

        assertThat(service.spend("app").spent()).isEqualTo(PausedStream.COST);
        assertThat(service.usage().requests()).isEqualTo(1);
        assertThat(service.usage().failed()).isZero();
        assertThat(service.usage().estimated()).isZero();
        assertThat(service.usage().microUsd()).isEqualTo(PausedStream.COST);
        assertThat(application.chat(service.model("openai"), "hello there").status())
                .isEqualTo(200);
    }

    /** Nothing is lost: what the request holds is charged at its worst case when its time is over. */
    @Test
    void aSettlementThatAStopLeavesOutstandingIsMadeWithTheWorstCaseLater() {
        long reserved = streamThatOutlivesTheDatabase();

        service.stopNodes();
        begin();
        Await.that(this::isThere);
        assertThat(service.spend("app").reserved()).isEqualTo(reserved);
        assertThat(service.spend("app").spent()).isZero();
        service.sweepAfter(LONG.multipliedBy(5));

        assertThat(service.spend("app").reserved()).isZero();
        assertThat(service.spend("app").spent()).isEqualTo(reserved);
        assertThat(service.usage().requests()).isEqualTo(1);
        assertThat(service.usage().estimated()).isEqualTo(1);
        assertThat(service.usage().microUsd()).isEqualTo(reserved);
    }

    private boolean isThere() {
        try {
            return service.spend("app").reserved() >= 0;
        } catch (VaultException e) {
            return false;
        }
    }
}
