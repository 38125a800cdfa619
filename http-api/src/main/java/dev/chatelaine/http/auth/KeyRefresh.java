package dev.chatelaine.http.auth;

import java.time.Duration;

/**
 * How often an issuer is asked for its keys, and how long its answers may take.
 *
 * @param keep how long fetched keys are used before they are fetched again; they stay in use while that fails
 * @param ahead how long before that they are fetched anew in the background
 * @param window in which at most two fetches happen, whatever key ids callers make up; shorter than {@code keep}
 * @param answer the longest an HTTP exchange may take as a whole
 */
public record KeyRefresh(Duration keep, Duration ahead, Duration window, Duration answer) {
    /** Fetched every 10 minutes, one minute ahead; at most twice in 30 s; answers within 5 s. */
    public static final KeyRefresh STANDARD = new KeyRefresh(
            Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(5));

    public KeyRefresh {
        if (window.compareTo(keep) >= 0 || ahead.plus(longestFetch(answer)).compareTo(keep) > 0) {
            throw new IllegalArgumentException("keys are kept for longer than it takes to fetch them");
        }
    }

    /** How long one fetch of keys may take: three exchanges. */
    Duration longestFetch() {
        return longestFetch(answer);
    }

    private static Duration longestFetch(Duration answer) {
        return answer.multipliedBy(3);
    }
}
