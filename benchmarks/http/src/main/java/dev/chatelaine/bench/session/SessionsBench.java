package dev.chatelaine.bench.session;

import dev.chatelaine.bench.process.Folder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Replaces a bundle under running sessions and prints how long they waited. */
public final class SessionsBench {
    private static final PrintStream OUT = System.out;
    private static final int WARM_UP = 10;
    private static final double NANOS = 1e6;

    private final Path checkout;
    private final int sessions;
    private final int rounds;

    private SessionsBench(Path checkout, int sessions, int rounds) {
        this.checkout = checkout;
        this.sessions = sessions;
        this.rounds = rounds;
    }

    /** Takes its measure from the system properties that {@code pom.xml} passes on. */
    public static void main(String[] arguments) throws Exception {
        new SessionsBench(
                        Path.of(System.getProperty("checkout")).toRealPath(),
                        Integer.getInteger("sessions"),
                        Integer.getInteger("rounds"))
                .run();
    }

    private void run() throws Exception {
        OUT.printf(Locale.ROOT, "%d sessions, %d rounds; in milliseconds%n", sessions, rounds);
        OUT.printf(Locale.ROOT, "%-52s %8s %8s %8s %8s%n", "", "p50", "p99", "most", "ratio");
        try (Folder folder = Folder.create("bench-sessions");
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.path().resolve("pg"))
                        .setServerConfig("fsync", "on")
                        .start()) {
            String database = "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres";
            double one = measured("one node, SQLite", folder.path().resolve("sqlite"), "", 1, 0);
            measured("two nodes, PostgreSQL", folder.path().resolve("postgres"), database, 2, one);
        }
    }

    /** Prints a backend's rows; the ratio is of the frames' p99 to the first backend's. */
    private double measured(String name, Path home, String database, int count, double first) throws Exception {
        Files.createDirectory(home);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (Nodes nodes = Nodes.start(checkout, home, database, count)) {
            Replacements replacements = new Replacements(client, nodes, sessions);
            replacements.run(WARM_UP, true);
            Replacements.Outcome told = replacements.run(rounds, false);
            Replacements.Outcome fetched = replacements.run(rounds, true);
            double p99 = told.frames().getValueAtPercentile(99) / NANOS;
            print(name + ": replacement, answered", told.put(), 0);
            print(name + ": from answer to frame", told.frames(), first == 0 ? 1 : p99 / first);
            print(name + ": the same, all fetch at once", fetched.frames(), 0);
            print(name + ": from request to new value", fetched.values(), 0);
            return p99;
        }
    }

    private static void print(String name, Histogram nanos, double ratio) {
        OUT.printf(
                Locale.ROOT,
                "%-52s %8.1f %8.1f %8.1f %s%n",
                name,
                nanos.getValueAtPercentile(50) / NANOS,
                nanos.getValueAtPercentile(99) / NANOS,
                nanos.getMaxValue() / NANOS,
                ratio == 0 ? "" : String.format(Locale.ROOT, "%8.2f", ratio));
    }
}
