package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whoever has an answer finds it in the usage of the node that gave it, although that is written down beside the answer. */
class UsageAtOnceIT {
    private static final long CAP = 10_000_000;

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Application people;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        people = new Application(service.address(), service.token(GatewayService.ACME, "anna", Role.OWNER));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void anAnswerIsInTheUsageAndItsCostInWhatTheKeyHasSpent() {
        Application application = service.application(service.key("app", null, CAP));
        String model = service.model("openai");
        for (int requests = 1; requests <= 20; requests++) {
            boolean streamed = requests % 2 == 0;
            assertThat((streamed ? application.stream(model, "hello") : application.chat(model, "hello")).status())
                    .isEqualTo(200);

            JsonNode usage = people.get("/api/v1/usage").json().path("total");
            assertThat(usage.path("requests").asInt()).isEqualTo(requests);
            assertThat(usage.path("cost_micro_usd").asLong()).isPositive();
        }
        long cost = people.get("/api/v1/usage")
                .json()
                .path("total")
                .path("cost_micro_usd")
                .asLong();
        application.chat(model, "hello");
        JsonNode key = people.get("/api/v1/gateway-keys/app").json();
        assertThat(key.path("spent_micro_usd").asLong()).isGreaterThan(cost);
        assertThat(key.path("reserved_micro_usd").asLong()).isZero();
        application.chat(model, "hello");
        JsonNode listed =
                people.get("/api/v1/gateway-keys").json().path("gateway_keys").path(0);
        assertThat(listed.path("spent_micro_usd").asLong())
                .isGreaterThan(key.path("spent_micro_usd").asLong());
    }
}
