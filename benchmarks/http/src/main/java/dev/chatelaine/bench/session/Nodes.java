package dev.chatelaine.bench.session;

import dev.chatelaine.bench.process.Running;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Served instances on one vault, and an owner's token for it. */
final class Nodes implements AutoCloseable {
    private static final String TENANT = "bench";

    private final List<Running> running;
    private final String token;

    private Nodes(List<Running> running, String token) {
        this.running = running;
        this.token = token;
    }

    /**
     * Starts them.
     *
     * @param home where the root key is, and the database where none is named
     * @param database the URL of a PostgreSQL database, or empty for SQLite
     */
    static Nodes start(Path checkout, Path home, String database, int count) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CHATELAINE_HOME", home.toString());
        if (!database.isEmpty()) {
            environment.put("CHATELAINE_DATABASE_URL", database);
        }
        String launcher = checkout.resolve("chatelaine").toString();
        Running.said(home, environment, List.of(launcher, "tenant", "create", TENANT, "--plan", "pro"));
        String token = Running.said(
                home,
                environment,
                List.of(launcher, "--tenant", TENANT, "token", "--subject", "bench", "--role", "owner"));
        List<Running> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(Running.start(home, environment, List.of(launcher, "serve", "--port", "0")));
        }
        return new Nodes(running, token);
    }

    String token() {
        return token;
    }

    /** The address of the node whose turn it is. */
    URI address(int turn) {
        return running.get(turn % running.size()).address();
    }

    @Override
    public void close() {
        running.forEach(Running::close);
    }
}
