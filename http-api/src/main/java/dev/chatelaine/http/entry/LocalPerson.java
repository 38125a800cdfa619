package dev.chatelaine.http.entry;

import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Visit;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.entry.EntryPage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whoever sits at the machine on which the page is served. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LocalPerson(Actor actor, byte[] formKey) implements Person {
    static final int KEY_BYTES = 32;

    @Override
    public EntryPage page() {
        return EntryPage.LOCAL;
    }

    @Override
    public Optional<Actor> actor(Visit visit, @Nullable TenantId tenant) {
        return Optional.of(actor);
    }

    @Override
    public byte[] formKey(Visit visit) {
        return formKey.clone();
    }

    @Override
    public Reply stranger(Visit visit, String path) {
        throw new IllegalStateException("the local person is always there");
    }

    @Override
    public String toString() {
        return "LocalPerson[" + actor.subject() + "]";
    }
}
