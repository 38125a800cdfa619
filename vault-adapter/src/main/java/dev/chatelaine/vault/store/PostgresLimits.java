package dev.chatelaine.vault.store;

import java.time.Duration;

/**
 * How much a node asks of a PostgreSQL server, and how long it waits for it.
 *
 * @param connections how many connections may read at once, and how many may write; one more hears announcements
 * @param free how long a unit of work waits for a connection to be free or made
 * @param connect how long the server may take to accept a connection
 * @param turn how long a writer waits for others in its scope, and for rows
 * @param statement how long one statement may take, its waiting among it
 * @param idle how long the server lets a transaction hold what it holds while nothing is heard of it
 * @param quiet how long nothing may be heard of announcements before the connection is asked whether it is alive, and
 *     how long it then has
 */
record PostgresLimits(
        int connections,
        Duration free,
        Duration connect,
        Duration turn,
        Duration statement,
        Duration idle,
        Duration quiet) {
    static final PostgresLimits USUAL = new PostgresLimits(
            10,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(25),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));

    /** How long an answer may be away before the connection counts as cut: the server has given up before. */
    Duration silence() {
        return statement.plusSeconds(5);
    }
}
