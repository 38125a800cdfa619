package dev.chatelaine.vault.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Those in this process who wait for announcements. */
final class Signals {
    private final Set<Wakeups> waiting = ConcurrentHashMap.newKeySet();

    Wakeups subscribe() {
        Wakeups wakeups = new Wakeups(this);
        waiting.add(wakeups);
        return wakeups;
    }

    void forget(Wakeups wakeups) {
        waiting.remove(wakeups);
    }

    void signal() {
        waiting.forEach(Wakeups::signal);
    }
}
