package dev.chatelaine.http.session;

import dev.chatelaine.http.server.SocketSource;
import dev.chatelaine.vault.session.FollowedSessions;
import dev.chatelaine.vault.session.Missed;
import dev.chatelaine.vault.session.RuntimeAccess;
import dev.chatelaine.vault.session.SessionNews;
import dev.chatelaine.vault.session.SessionRuntimes;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The sockets of this process by the sessions whose events they carry. Safe for several threads. */
public final class SessionEvents implements FollowedSessions {
    /** So many sockets a session has at most; a further one takes the place of the oldest. */
    static final int MOST_SOCKETS = 16;

    private final SessionRuntimes runtimes;
    private final Clock clock;
    private final Map<String, List<SessionSource>> sources = new ConcurrentHashMap<>();

    /** The events of a vault's sessions, for which nobody follows them yet. */
    public SessionEvents(SessionRuntimes runtimes, Clock clock) {
        this.runtimes = runtimes;
        this.clock = clock;
    }

    /**
     * What goes out on a new socket of a session: it begins with what its runtime missed. It is to be closed, be it ever
     * opened or not.
     *
     * @param known the revision that the runtime knows; of one that there is not yet, nothing is believed
     * @return empty where the token does not let into the session
     */
    public Optional<SocketSource> source(String sessionId, String token, Optional<Long> known) {
        return runtimes.authenticate(sessionId, token).flatMap(access -> source(access, token, known));
    }

    /** What happens between the adding and the reading comes as news, and what happened before is read: none is lost. */
    private Optional<SocketSource> source(RuntimeAccess access, String token, Optional<Long> known) {
        SessionSource source = new SessionSource(access, clock, this::remove);
        add(source);
        Optional<Missed> missed = Optional.empty();
        try {
            missed = missed(access.sessionId(), token, known);
            missed.ifPresent(source::begin);
            return missed.map(any -> source);
        } finally {
            if (missed.isEmpty()) {
                remove(source);
            }
        }
    }

    private Optional<Missed> missed(String sessionId, String token, Optional<Long> known) {
        Optional<Missed> missed = runtimes.missedSince(sessionId, token, known.orElse(0L));
        if (known.isEmpty()) {
            return missed.map(all -> new Missed(all.revision(), List.of()));
        }
        return missed.filter(some -> some.revision() >= known.orElseThrow())
                .or(() -> runtimes.missedSince(sessionId, token, 0));
    }

    private void add(SessionSource source) {
        List<SessionSource> all = sources.merge(
                source.access().sessionId(),
                List.of(source),
                (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
        long first = first(all);
        all.stream().filter(other -> other.access().firstRevision() < first).forEach(SessionSource::stop);
        if (all.size() > MOST_SOCKETS) {
            all.get(0).giveWay();
        }
    }

    /** Since when those tokens are good that are good now: a session that is resumed has a new one. */
    private static long first(List<SessionSource> all) {
        return all.stream()
                .mapToLong(source -> source.access().firstRevision())
                .max()
                .orElse(0);
    }

    private static long told(List<SessionSource> all) {
        long first = first(all);
        return all.stream()
                .filter(source -> source.access().firstRevision() == first)
                .mapToLong(SessionSource::revision)
                .min()
                .orElse(0);
    }

    private void remove(SessionSource source) {
        sources.computeIfPresent(source.access().sessionId(), (id, all) -> {
            List<SessionSource> rest =
                    all.stream().filter(other -> other != source).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    @Override
    public Map<String, Long> openSessions() {
        Map<String, Long> open = new HashMap<>();
        sources.forEach((id, all) -> open.put(id, told(all)));
        return open;
    }

    @Override
    public void tell(SessionNews news) {
        sources.getOrDefault(news.sessionId(), List.of()).forEach(source -> source.tell(news));
    }
}
