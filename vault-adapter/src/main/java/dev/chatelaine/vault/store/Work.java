package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** The units of work under way, so that closing waits for them and refuses later ones. */
final class Work {
    private final ReentrantReadWriteLock underWay = new ReentrantReadWriteLock();
    private boolean ended;

    <T> T during(Supplier<T> unit) {
        underWay.readLock().lock();
        try {
            if (ended) {
                throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The vault is closed. Nothing was changed.");
            }
            return unit.get();
        } finally {
            underWay.readLock().unlock();
        }
    }

    void end() {
        underWay.writeLock().lock();
        try {
            ended = true;
        } finally {
            underWay.writeLock().unlock();
        }
    }
}
