package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/**
 * Whose turn it is to write in a scope on PostgreSQL. Among nodes an advisory lock per part of the scope tells; the
 * server hands it on in the order of asking. In one process a lock comes before that, so that of many who wait for the
 * same part only one does so on a connection, and the others' connections are free for other tenants.
 */
final class Turns {
    private static final int LOCKS = 256;

    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock(true)).toList();
    private final Duration patience;

    Turns(Duration patience) {
        this.patience = patience;
    }

    /** Waits for the turn in this process; closing what is returned ends it. */
    Turn take(Scope scope) {
        long deadline = System.nanoTime() + patience.toNanos();
        Turn turn = new Turn(new ArrayList<>());
        try {
            for (int i : keys(scope)
                    .mapToInt(key -> Math.floorMod(key, LOCKS))
                    .distinct()
                    .sorted()
                    .toArray()) {
                if (!locks.get(i).tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw busy();
                }
                turn.held().add(locks.get(i));
            }
            return turn;
        } catch (InterruptedException e) {
            turn.close();
            Thread.currentThread().interrupt();
            throw interrupted().causedBy(e);
        } catch (VaultException e) {
            turn.close();
            throw e;
        }
    }

    /** Waits for the turn among the nodes, which lasts as long as the transaction. */
    static void lock(Handle handle, Scope scope) {
        keys(scope)
                .forEach(key -> handle.createQuery("SELECT pg_advisory_xact_lock(:key)")
                        .bind("key", key)
                        .map((row, context) -> key)
                        .one());
    }

    /** The locks of a scope's parts, in the one order in which everybody takes them. */
    private static LongStream keys(Scope scope) {
        LongStream vault = scope.vault() ? LongStream.of(key("vault")) : LongStream.empty();
        return LongStream.concat(
                vault, scope.tenants().stream().map(TenantId::value).mapToLong(tenant -> key("tenant " + tenant)));
    }

    private static long key(String part) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("chatelaine " + part).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VaultException busy() {
        return new VaultException(
                ErrorCode.VAULT_UNAVAILABLE,
                "Others wrote for too long before it was this call's turn. Nothing was changed. Try again.");
    }

    private static VaultException interrupted() {
        return new VaultException(
                ErrorCode.VAULT_UNAVAILABLE,
                "The call was interrupted while it waited for its turn to write. Nothing was changed.");
    }

    record Turn(List<ReentrantLock> held) implements AutoCloseable {
        @Override
        public void close() {
            held.forEach(ReentrantLock::unlock);
        }
    }
}
