package dev.chatelaine.bench.load;

import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;

/**
 * What is asked again and again.
 *
 * @param name for the table
 * @param status what every answer has
 * @param isOurs whether a wrong answer is a fault of this product or of the bench, which ends it
 * @param end what every answer ends with, but for white space
 * @param callers makes a caller, who gives one request after the other
 */
public record Scenario(String name, int status, boolean isOurs, String end, Callers callers) {
    /** Makes callers, by their number. */
    @FunctionalInterface
    public interface Callers {
        /** A caller with this number. */
        Supplier<Request> caller(HttpClient client, int number);
    }

    /** A caller with this number. */
    public Supplier<Request> caller(HttpClient client, int number) {
        return callers.caller(client, number);
    }
}
