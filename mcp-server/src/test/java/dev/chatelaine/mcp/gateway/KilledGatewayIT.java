package dev.chatelaine.mcp.gateway;

import static dev.chatelaine.mcp.gateway.GatewayService.ACME;
import static dev.chatelaine.mcp.gateway.GatewayService.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.entry.ServedProcess;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.usage.KeySpend;
import dev.chatelaine.vault.usage.UsageGroup;
import dev.chatelaine.vault.usage.UsageGrouping;
import dev.chatelaine.vault.usage.UsageQuery;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they serve: afterwards the ledger adds up to the micro-dollar, and no cap was overspent. */
class KilledGatewayIT {
    private static final int KILLS = Integer.getInteger("gateway.kills", 3);
    private static final int APPLICATIONS = 2;
    /** Of the worst case of one request. */
    private static final int CAP = 4;

    @TempDir
    private Path home;

    private final Random random = new Random(20261122);
    private String open = "";
    private String small = "";
    private long cap;
    private int cutOff;
    private long costsTold;
    private long abandoned;

    @Test
    void onOneNode() throws Exception {
        try (GatewayService service = GatewayService.in(home)) {
            service.stopNodes();
            killed(service, false);
        }
    }

    @Test
    void oneOfTwoNodes() throws Exception {
        String database =
                PostgresServer.shared().create("kills_" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
        try (GatewayService service = GatewayService.in(home, Map.of("CHATELAINE_DATABASE_URL", database))) {
            killed(service, true);
        }
    }

    private void killed(GatewayService service, boolean another) throws Exception {
        open = service.key("open", null, 1_000_000_000L);
        try (Traffic traffic = new Traffic()) {
            for (int kill = 0; kill < KILLS; kill++) {
                try (ServedProcess process = service.process()) {
                    // Of a provider that the applications do not ask, once they do.
                    long worst = abandon(service, process, kill == 0 ? "openai" : "groq");
                    if (kill == 0) {
                        cap = worst * CAP;
                        small = service.key("small", null, cap);
                    }
                    applications(traffic, service, URI.create(process.address()));
                    if (another && kill == 0) {
                        applications(traffic, service, service.address());
                    }
                    int enough = traffic.answers().size() + 20 + random.nextInt(40);
                    Await.that(
                            () -> isWithinTheCap(service) && traffic.answers().size() >= enough);
                    process.kill();
                }
            }
            cutOff = traffic.cutOff();
            goOnAfterwards(service);
            traffic.close();
            costsTold = traffic.answers().stream()
                    .map(one -> one.header("x-chatelaine-cost-micro-usd"))
                    .filter(cost -> !cost.isEmpty())
                    .mapToLong(Long::parseLong)
                    .sum();
            assertThat(traffic.answers().stream().map(Answered::status).distinct())
                    .isSubsetOf(200, 402)
                    .contains(200);
        }
        service.stopNodes();
        service.sweepAfter(Duration.ofHours(1));
        assertAddsUp(service);
    }

    /** A request that is under way for certain when its process is killed; gives what is reserved for it. */
    private long abandon(GatewayService service, ServedProcess process, String provider) {
        service.provider(provider).next(new PausedStream());
        String name = "abandoned-" + Integer.toUnsignedString(random.nextInt(), Character.MAX_RADIX);
        new Application(URI.create(process.address()), service.key(name, null, 1_000_000L))
                .begin(service.model(provider));
        long reserved = service.spend(name).reserved();
        assertThat(reserved).isPositive();
        abandoned += reserved;
        return reserved;
    }

    private void applications(Traffic traffic, GatewayService service, URI node) {
        String model = service.model("openai");
        for (int i = 0; i < APPLICATIONS; i++) {
            Application unbound = new Application(node, open);
            Application bound = new Application(node, small);
            traffic.add(() -> unbound.chat(model, "hello there"));
            traffic.add(() -> bound.stream(model, "hello there"));
        }
    }

    private boolean isWithinTheCap(GatewayService service) {
        KeySpend spend = service.spend("small");
        assertThat(spend.spent() + spend.reserved()).isLessThanOrEqualTo(cap);
        return true;
    }

    /** What is begun anew serves, and leaves nothing behind when it is asked to stop. */
    private void goOnAfterwards(GatewayService service) throws Exception {
        String key = service.key("afterwards", null, 1_000_000L);
        try (ServedProcess process = service.process()) {
            Application application = new Application(URI.create(process.address()), key);
            assertThat(application.chat(service.model("openai"), "hello there").status())
                    .isEqualTo(200);
            assertThat(application.stream(service.model("openai"), "hello there")
                            .events())
                    .last()
                    .isEqualTo("[DONE]");
            Application bound = new Application(URI.create(process.address()), small);
            Await.that(() -> isWithinTheCap(service)
                    && bound.chat(service.model("openai"), "hello there").status() == 402);
        }
        KeySpend spend = service.spend("afterwards");
        assertThat(spend.reserved()).isZero();
        assertThat(spend.spent()).isPositive();
    }

    private void assertAddsUp(GatewayService service) {
        Instant now = Instant.now();
        var report = service.vault()
                .usage()
                .report(OWNER, UsageQuery.of(null, now.plusSeconds(60), UsageGrouping.GATEWAY_KEY, now));
        for (UsageGroup group : report.groups()) {
            KeySpend spend = service.spend(String.valueOf(group.name()));
            assertThat(spend.reserved()).as(group.name()).isZero();
            assertThat(spend.overrun()).as(group.name()).isZero();
            assertThat(spend.spent()).as(group.name()).isEqualTo(group.microUsd());
        }
        assertThat(report.groups()).hasSize(KILLS + 3);
        assertThat(service.spend("small").spent()).isLessThanOrEqualTo(cap);
        UsageGroup whole = report.whole();
        assertThat(whole.estimated()).isGreaterThanOrEqualTo(KILLS);
        assertThat(whole.unpriced()).isZero();
        assertThat(whole.microUsd()).isGreaterThanOrEqualTo(costsTold + abandoned);
        assertThat(cutOff).isGreaterThanOrEqualTo(KILLS);
        assertThat(service.vault().audit().verify(ACME).clean()).isTrue();
        System.out.println(
                KILLS + " kills, " + cutOff + " cut off, " + whole.requests() + " requests, " + whole.estimated()
                        + " by sweeps at " + abandoned + " or more, all " + whole.microUsd() + ", told " + costsTold);
    }
}
