package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is asked to stop while a stream is under way. */
class StoppedGatewayIT {
    @TempDir
    private Path home;

    private final PausedStream paused = new PausedStream();

    @Test
    void aStreamThatDoesNotEndInTimeIsCutOffAndSettledAsFarAsItWent() throws Exception {
        try (GatewayService service = GatewayService.in(home)) {
            service.provider("openai").next(paused);
            StreamUnderWay stream = service.application(service.key("app")).begin(service.model("openai"));
            long reserved = service.spend("app").reserved();

            service.stopNodes();

            assertThat(service.spend("app").reserved()).isZero();
            assertThat(service.spend("app").spent()).isPositive().isLessThan(reserved);
            assertThat(service.usage().requests()).isEqualTo(1);
            assertThat(service.usage().estimated()).isEqualTo(1);
            assertThat(catchThrowable(stream::assertEndsWell)).isNotNull();
        }
    }
}
