package dev.chatelaine.http.entry;

import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Visit;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.entry.EntryPage;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is in front of an entry page. Asked by several threads. */
public interface Person {
    /** On which page tickets are good here. */
    EntryPage page();

    /**
     * The person, as somebody who may act; nobody where nobody has signed in.
     *
     * @param tenant in which the page would have them act; null where it leads nowhere
     */
    Optional<Actor> actor(Visit visit, @Nullable TenantId tenant);

    /**
     * What a form's token is made with: known to this person's browser and to the server, or to the server alone.
     * Never empty where there is an actor.
     */
    byte[] formKey(Visit visit);

    /**
     * What one is shown who has not signed in.
     *
     * @param path of the page that they asked for
     */
    Reply stranger(Visit visit, String path);

    /** The one person at this machine, who need not sign in. */
    static Person local(Actor actor, SecureRandom random) {
        byte[] key = new byte[LocalPerson.KEY_BYTES];
        random.nextBytes(key);
        return new LocalPerson(actor, key);
    }
}
