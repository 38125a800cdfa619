package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else writes to the vault's file for longer than anybody waits. */
class BusyDatabaseIT {
    @TempDir
    private Path home;

    private final PausedStream paused = new PausedStream();

    @Test
    void theStreamEndsWellAndTheSettlementFollows() throws Exception {
        try (GatewayService service = GatewayService.in(home)) {
            Application application = service.application(service.key("app"));
            service.provider("openai").next(paused);
            StreamUnderWay stream = application.begin(service.model("openai"));
            long reserved = service.spend("app").reserved();

            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                Answered refused = application.chat(service.model("openai"), "hello there");
                assertThat(refused.status()).as(refused.all()).isEqualTo(503);
                assertThat(refused.code()).isEqualTo("vault_unavailable");
                paused.goOn();
                stream.assertEndsWell();
                assertThat(service.spend("app").reserved()).isEqualTo(reserved);
                statement.execute("ROLLBACK");
            }

            Await.that(() -> service.spend("app").reserved() == 0);
            assertThat(service.spend("app").spent()).isEqualTo(PausedStream.COST);
            assertThat(service.usage().requests()).isEqualTo(1);
            assertThat(service.usage().estimated()).isZero();
            assertThat(service.provider("openai").requests()).hasSize(1);
        }
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("home"))) {
            return files.filter(each -> each.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
