package dev.chatelaine.gateway.call;

import dev.chatelaine.vault.access.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What is under way of each tenant, for whoever waits for it. Safe for several threads. */
final class Outstanding {
    private final AtomicLong numbers = new AtomicLong();
    private final Map<TenantId, Map<Long, CompletableFuture<Void>>> all = new ConcurrentHashMap<>();

    /** Takes down that something of a tenant is under way, until what is answered is run. */
    Runnable begin(TenantId tenant) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Map<Long, CompletableFuture<Void>> own = all.computeIfAbsent(tenant, any -> new ConcurrentHashMap<>());
        long number = numbers.incrementAndGet();
        own.put(number, done);
        return () -> {
            own.remove(number);
            done.complete(null);
        };
    }

    /** What is under way of a tenant now. */
    List<CompletableFuture<Void>> of(TenantId tenant) {
        return List.copyOf(all.getOrDefault(tenant, Map.of()).values());
    }

    /** What is under way now. */
    List<CompletableFuture<Void>> all() {
        return all.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .toList();
    }
}
