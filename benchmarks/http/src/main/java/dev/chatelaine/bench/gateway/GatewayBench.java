package dev.chatelaine.bench.gateway;

import dev.chatelaine.bench.load.Figures;
import dev.chatelaine.bench.load.Load;
import dev.chatelaine.bench.process.Folder;
import dev.chatelaine.bench.process.Running;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.eclipse.jetty.client.HttpClient;

/** Asks a provider directly and by every gateway, in turns, and prints what each adds; or opens many slow streams. */
public final class GatewayBench {
    private static final int[] CONNECTIONS = {1, 16, 64, 256};
    private static final int TURNS = 3;
    private static final int WARM_UP_CONNECTIONS = 64;
    /** Of what does not optimise itself as it runs. */
    private static final Duration SHORT_WARM_UP = Duration.ofSeconds(10);

    private static final int PAUSING = 16;
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Those who pause ask less, and so for longer. */
    private static final int LONGER = 5;

    private static final Duration CLIENT_IDLE = Duration.ofSeconds(20);
    private static final int WORDS = 20;
    private static final PrintStream OUT = System.out;

    private final HttpClient client;
    private final List<Way> ways;
    private final Duration warmUp;
    private final Duration time;

    private GatewayBench(HttpClient client, List<Way> ways, Duration warmUp, Duration time) {
        this.client = client;
        this.ways = ways;
        this.warmUp = warmUp;
        this.time = time;
    }

    /** Takes its measure from the system properties that {@code pom.xml} passes on. */
    public static void main(String[] arguments) throws Exception {
        Path checkout = Path.of(System.getProperty("checkout")).toRealPath();
        int streams = Integer.getInteger("streams");
        HttpClient client = new HttpClient();
        client.setMaxConnectionsPerDestination(Math.max(streams, CONNECTIONS[CONNECTIONS.length - 1]));
        // Less than the 30 s after which a server closes a connection, which a request may be on its way on by then.
        client.setIdleTimeout(CLIENT_IDLE.toMillis());
        client.start();
        List<Way> ways = new ArrayList<>();
        try (Folder folder = Folder.create("bench-gateway");
                Running upstream = Running.start(folder.path(), Map.of(), upstreamCommand(checkout))) {
            try {
                Ways all = new Ways(checkout, folder.path(), upstream.address());
                ways.add(all.direct());
                ways.add(all.nginx());
                ways.add(all.portkey());
                ways.add(all.chatelaine());
                if (streams > 0) {
                    new SlowStreams(client, streams, OUT).run(ways);
                } else {
                    new GatewayBench(client, ways, seconds("warmup"), seconds("seconds")).run();
                }
            } finally {
                ways.forEach(Way::close);
            }
        } finally {
            client.stop();
        }
    }

    private static Duration seconds(String property) {
        return Duration.ofSeconds(Long.getLong(property));
    }

    private static List<String> upstreamCommand(Path checkout) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + checkout.resolve("mcp-server/target/app/serve.options"),
                "-cp",
                System.getProperty("java.class.path"),
                UpstreamServer.class.getName());
    }

    private void run() throws InterruptedException {
        for (boolean streams : new boolean[] {false, true}) {
            for (Way way : ways) {
                new Load(client, way.chat(new Pace(0, WORDS, 0), streams), WARM_UP_CONNECTIONS)
                        .run(way.optimisesItself() ? warmUp : SHORT_WARM_UP);
            }
            String kind = streams ? "streaming, " + WORDS + " events" : "JSON";
            heading(kind + ", the provider answers after 50 ms");
            for (int connections : CONNECTIONS) {
                row(new Pace(50, WORDS, 0), streams, connections, Duration.ZERO);
            }
            heading(kind + ", the provider answers at once");
            for (int connections : CONNECTIONS) {
                row(new Pace(0, WORDS, 0), streams, connections, Duration.ZERO);
            }
            heading(kind + ", the provider answers at once, callers pause for " + PAUSE.toMillis() + " ms on average");
            row(new Pace(0, WORDS, 0), streams, PAUSING, PAUSE);
        }
    }

    private static void heading(String what) {
        OUT.printf(
                "%n%s%n%-11s %11s %8s %8s %8s %8s %9s %9s %9s %9s %6s%n",
                what,
                "",
                "connections",
                "per s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "added p50",
                "added p95",
                "added p99",
                "/portkey",
                "wrong");
    }

    /** Turn by turn, so that a busy moment of the machine hits all of them. */
    private void row(Pace pace, boolean streams, int connections, Duration pause) throws InterruptedException {
        Duration turnTime = pause.isZero() ? time : time.multipliedBy(LONGER);
        List<List<Figures>> turns = new ArrayList<>();
        ways.forEach(way -> turns.add(new ArrayList<>()));
        for (int turn = 0; turn < TURNS; turn++) {
            for (int way = 0; way < ways.size(); way++) {
                turns.get(way)
                        .add(new Load(client, ways.get(way).chat(pace, streams), connections, pause).run(turnTime));
            }
        }
        Figures direct = median(turns.get(0));
        double peer = median(turns.get(2)).perSecond();
        for (int way = 0; way < ways.size(); way++) {
            Figures figures = median(turns.get(way));
            Figures.Times added = figures.whole().minus(direct.whole());
            OUT.printf(
                    Locale.ROOT,
                    "%-11s %11d %8.0f %8.2f %8.2f %8.2f %9.2f %9.2f %9.2f %9.2f %6d%n",
                    ways.get(way).name(),
                    connections,
                    figures.perSecond(),
                    figures.whole().p50(),
                    figures.whole().p95(),
                    figures.whole().p99(),
                    added.p50(),
                    added.p95(),
                    added.p99(),
                    figures.perSecond() / peer,
                    figures.wrong());
        }
    }

    private static Figures median(List<Figures> turns) {
        return new Figures(
                median(turns, Figures::perSecond),
                times(turns, Figures::whole),
                times(turns, Figures::first),
                turns.stream().mapToLong(Figures::wrong).sum());
    }

    private static Figures.Times times(List<Figures> turns, Function<Figures, Figures.Times> which) {
        return new Figures.Times(
                median(turns, turn -> which.apply(turn).p50()),
                median(turns, turn -> which.apply(turn).p95()),
                median(turns, turn -> which.apply(turn).p99()));
    }

    private static double median(List<Figures> turns, ToDoubleFunction<Figures> of) {
        double[] values = turns.stream().mapToDouble(of).toArray();
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
