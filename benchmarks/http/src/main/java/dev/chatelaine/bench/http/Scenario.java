package dev.chatelaine.bench.http;

import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;

/**
 * What is asked again and again.
 *
 * @param name for the table
 * @param status what every answer has
 * @param bare whether it is asked of the server that does nothing, with which what follows is compared
 * @param callers makes a caller, who gives one request after the other
 */
record Scenario(String name, int status, boolean bare, Callers callers) {
    /** Makes callers, by their number. */
    @FunctionalInterface
    interface Callers {
        Supplier<Request> caller(HttpClient client, int number);
    }

    Supplier<Request> caller(HttpClient client, int number) {
        return callers.caller(client, number);
    }
}
