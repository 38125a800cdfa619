package dev.chatelaine.bench.http;

import dev.chatelaine.bench.load.Figures;
import dev.chatelaine.bench.load.Load;
import dev.chatelaine.bench.load.Scenario;
import dev.chatelaine.bench.process.Folder;
import dev.chatelaine.bench.process.Running;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.StringRequestContent;

/**
 * Runs every scenario at every number of connections, or beside slow clients, or with several sets of JVM options, and
 * prints what came of it.
 */
public final class HttpBench {
    private static final int[] CONNECTIONS = {1, 16, 64};
    private static final int SLOW = 500;
    private static final int BESIDE_SLOW = 16;
    private static final PrintStream OUT = System.out;

    private final Path checkout;
    private final Duration time;
    private final boolean slow;

    private HttpBench(Path checkout, Duration time, boolean slow) {
        this.checkout = checkout;
        this.time = time;
        this.slow = slow;
    }

    /** Takes its measure from the system properties that {@code pom.xml} passes on. */
    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(Long.getLong("seconds"));
        HttpBench bench =
                new HttpBench(Path.of(System.getProperty("checkout")).toRealPath(), time, Boolean.getBoolean("slow"));
        List<String> options = List.of(System.getProperty("options").split(";", -1));
        if (options.size() > 1) {
            bench.compare(options);
        } else {
            bench.run(options.get(0));
        }
    }

    private void compare(List<String> options) throws Exception {
        List<Chatelaine> instances = new ArrayList<>();
        HttpClient client = client();
        try (Folder folder = Folder.create("bench-http")) {
            try {
                for (String each : options) {
                    Path own = Files.createDirectory(folder.path().resolve(String.valueOf(instances.size())));
                    instances.add(Chatelaine.start(checkout, own, each));
                    instances.get(instances.size() - 1).fill(client);
                }
                new Comparison(client, time, OUT).run(options, instances);
            } finally {
                instances.forEach(Chatelaine::close);
            }
        } finally {
            client.stop();
        }
    }

    private static HttpClient client() throws Exception {
        HttpClient client = new HttpClient();
        client.setMaxConnectionsPerDestination(CONNECTIONS[CONNECTIONS.length - 1]);
        client.start();
        return client;
    }

    private void run(String javaOptions) throws Exception {
        OUT.println(javaOptions.isEmpty() ? "The launcher's own options" : "With " + javaOptions);
        try (Folder folder = Folder.create("bench-http");
                Chatelaine product = Chatelaine.start(checkout, folder.path(), javaOptions);
                Running bare = Running.start(folder.path(), Map.of(), bareCommand(javaOptions))) {
            HttpClient client = client();
            product.fill(client);
            if (slow) {
                besideSlow(client, product);
            } else {
                table(client, product, bare);
            }
            client.stop();
        }
    }

    private void table(HttpClient client, Chatelaine product, Running bare) throws Exception {
        OUT.printf(
                Locale.ROOT, "%-20s %11s %9s %8s %8s %6s%n", "", "connections", "per s", "p50 ms", "p99 ms", "ratio");
        List<Scenario> all = List.of(
                bare(bare, "bare GET", false),
                product.read(),
                product.list(),
                bare(bare, "bare POST", true),
                product.create());
        for (Scenario scenario : all) {
            new Load(client, scenario, BESIDE_SLOW).run(time);
        }
        for (int connections : CONNECTIONS) {
            double toCompareWith = 0;
            for (Scenario scenario : all) {
                Figures figures = measured(client, scenario, connections);
                toCompareWith = scenario.name().startsWith("bare") ? figures.perSecond() : toCompareWith;
                print(scenario.name(), connections, figures, figures.perSecond() / toCompareWith);
            }
        }
    }

    /** Turn by turn, so that a busy moment of the machine hits both. */
    private void besideSlow(HttpClient client, Chatelaine product) throws Exception {
        for (Scenario scenario : List.of(product.read(), product.list())) {
            new Load(client, scenario, BESIDE_SLOW).run(time);
            double[] alone = new double[3];
            double[] beside = new double[3];
            for (int turn = 0; turn < alone.length; turn++) {
                alone[turn] = measured(client, scenario, BESIDE_SLOW).perSecond();
                try (SlowClients slowOnes = new SlowClients(product.address(), product.writer(), SLOW)) {
                    beside[turn] = measured(client, scenario, BESIDE_SLOW).perSecond();
                }
            }
            OUT.printf(
                    Locale.ROOT,
                    "%-20s %d connections: %.0f/s alone, %.0f/s beside %d that send a byte a second: ratio %.2f%n",
                    scenario.name(),
                    BESIDE_SLOW,
                    Comparison.median(alone),
                    Comparison.median(beside),
                    SLOW,
                    Comparison.median(beside) / Comparison.median(alone));
        }
    }

    private Figures measured(HttpClient client, Scenario scenario, int connections) throws InterruptedException {
        return new Load(client, scenario, connections).run(time);
    }

    private static void print(String name, int connections, Figures figures, double ratio) {
        OUT.printf(
                Locale.ROOT,
                "%-20s %11d %9.0f %8.2f %8.2f %6.2f%n",
                name,
                connections,
                figures.perSecond(),
                figures.whole().p50(),
                figures.whole().p99(),
                ratio);
    }

    private static Scenario bare(Running server, String name, boolean post) {
        return new Scenario(
                name,
                200,
                true,
                "",
                (client, number) -> () -> post
                        ? client.POST(server.address())
                                .body(new StringRequestContent("application/json", "x".repeat(70)))
                        : client.newRequest(server.address()));
    }

    /** The same collector and compiler as the product's, so that what differs is the work. */
    private List<String> bareCommand(String javaOptions) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("@" + checkout.resolve("mcp-server/target/app/serve.options"));
        Arrays.stream(javaOptions.split(" ", -1))
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareServer.class.getName()));
        return command;
    }
}
