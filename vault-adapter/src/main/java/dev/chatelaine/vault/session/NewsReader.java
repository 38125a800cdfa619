package dev.chatelaine.vault.session;

import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks what there is to be told of sessions: names and revisions, no values. */
final class NewsReader {
    private static final int AT_ONCE = 500;
    private static final String SESSION = "ses_";

    private final Transaction tx;
    private final Map<String, Long> known;

    /**
     * A reader for sessions.
     *
     * @param known the sessions and the revision that each was last told of
     */
    NewsReader(Transaction tx, Map<String, Long> known) {
        this.tx = tx;
        this.known = known;
    }

    /** What there is to be told of all of them. */
    List<SessionNews> all() {
        List<String> ids = new ArrayList<>(known.keySet());
        List<SessionNews> news = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            news.addAll(some(ids.subList(from, Math.min(from + AT_ONCE, ids.size()))));
        }
        return news;
    }

    /** The sessions that a change of these sources concerns; a session's own change does too. */
    static Set<String> concerned(Transaction tx, Collection<String> sourceIds) {
        Set<String> concerned =
                sourceIds.stream().filter(id -> id.startsWith(SESSION)).collect(Collectors.toCollection(HashSet::new));
        List<String> others =
                sourceIds.stream().filter(id -> !id.startsWith(SESSION)).toList();
        for (int from = 0; from < others.size(); from += AT_ONCE) {
            concerned.addAll(tx.query("SELECT DISTINCT session_id FROM session_sources WHERE source_id IN (<ids>)")
                    .bindList("ids", others.subList(from, Math.min(from + AT_ONCE, others.size())))
                    .mapTo(String.class)
                    .list());
        }
        return concerned;
    }

    private List<SessionNews> some(List<String> ids) {
        Map<String, State> states = states(ids);
        long lag = states.values().stream()
                .filter(State::runs)
                .mapToLong(state -> state.revision() - known(state.id()))
                .max()
                .orElse(0);
        Map<String, List<KeyName>> keys = lag > 0 ? keys(ids, lag) : Map.of();
        List<SessionNews> news = new ArrayList<>();
        for (String id : ids) {
            State state = states.getOrDefault(id, new State(id, known(id), false, 0));
            if (!state.runs() || known(id) < state.first()) {
                news.add(new SessionNews(id, state.last(), List.of(), true));
            } else if (known(id) < state.revision()) {
                news.add(new SessionNews(id, state.revision(), keys.getOrDefault(id, List.of()), false));
            }
        }
        return news;
    }

    /** A session as it is now; {@code first} is its revision when its token was made. */
    private record State(String id, long revision, boolean runs, long first) {
        /** The last revision before it was stopped. */
        long last() {
            return runs ? first - 1 : revision;
        }
    }

    private Map<String, State> states(List<String> ids) {
        return tx.query("SELECT s.id, s.revision, s.status, t.revision AS first_revision FROM sessions s"
                        + " LEFT JOIN session_tokens t ON t.session_id = s.id WHERE s.id IN (<ids>)")
                .bindList("ids", ids)
                .map((row, context) -> {
                    long first = row.getLong("first_revision");
                    boolean runs = !row.wasNull() && SessionStatus.of(row.getString("status")) == SessionStatus.RUNNING;
                    return new State(row.getString("id"), row.getLong("revision"), runs, first);
                })
                .collectToMap(State::id, state -> state);
    }

    /** The keys that changed in the last so many revisions of each, as far as it was not told of them. */
    private Map<String, List<KeyName>> keys(List<String> ids, long lag) {
        Map<String, List<KeyName>> keys = new HashMap<>();
        tx
                .query("SELECT v.session_id, v.key_name, v.version FROM session_values v JOIN sessions s"
                        + " ON s.id = v.session_id WHERE v.session_id IN (<ids>) AND v.version > s.revision - :lag"
                        + " ORDER BY v.session_id, v.key_name")
                .bindList("ids", ids)
                .bind("lag", lag)
                .map((row, context) -> new Changed(row.getString(1), new KeyName(row.getString(2)), row.getLong(3)))
                .stream()
                .filter(changed -> changed.revision() > known(changed.id()))
                .forEach(changed -> keys.computeIfAbsent(changed.id(), id -> new ArrayList<>())
                        .add(changed.key()));
        return keys;
    }

    private record Changed(String id, KeyName key, long revision) {}

    private long known(String id) {
        return known.getOrDefault(id, 0L);
    }
}
