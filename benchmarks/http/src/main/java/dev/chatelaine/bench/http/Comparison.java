package dev.chatelaine.bench.http;

import dev.chatelaine.bench.load.Load;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.client.HttpClient;

/** Instances that differ in their JVM's options, up at once and asked in turns, so that a busy moment hits all of them. */
final class Comparison {
    private static final int CONNECTIONS = 16;
    private static final int TURNS = 5;

    /** The optimising compiler is not done with its work in the first seconds. */
    private static final int WARM_UP = 10;

    private final HttpClient client;
    private final Duration time;
    private final PrintStream out;

    Comparison(HttpClient client, Duration time, PrintStream out) {
        this.client = client;
        this.time = time;
        this.out = out;
    }

    /** Prints the medians, and their ratios to the first instance's. */
    void run(List<String> names, List<Chatelaine> instances) throws InterruptedException {
        out.printf("Medians of %d turns, %d connections; ratios are to the first%n", TURNS, CONNECTIONS);
        for (int scenario = 0; scenario < 3; scenario++) {
            for (Chatelaine instance : instances) {
                new Load(client, instance.scenarios().get(scenario), CONNECTIONS).run(time.multipliedBy(WARM_UP));
            }
            double[][] perSecond = new double[instances.size()][TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                for (int i = 0; i < instances.size(); i++) {
                    perSecond[i][turn] = new Load(
                                    client, instances.get(i).scenarios().get(scenario), CONNECTIONS)
                            .run(time)
                            .perSecond();
                }
            }
            for (int i = 0; i < instances.size(); i++) {
                out.printf(
                        Locale.ROOT,
                        "%-20s %7.0f/s %5.2f  %s%n",
                        instances.get(i).scenarios().get(scenario).name(),
                        median(perSecond[i]),
                        median(perSecond[i]) / median(perSecond[0]),
                        names.get(i).isEmpty() ? "the launcher's own options" : names.get(i));
            }
        }
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
