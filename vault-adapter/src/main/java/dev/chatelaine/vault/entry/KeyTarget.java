package dev.chatelaine.vault.entry;

import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmKeys;
import dev.chatelaine.vault.llm.LlmKeys.Keyed;
import dev.chatelaine.vault.store.Transaction;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The key of an LLM configuration. Safe for several threads. */
final class KeyTarget implements EntryTarget {
    private final LlmKeys keys;

    KeyTarget(LlmKeys keys) {
        this.keys = keys;
    }

    @Override
    public Awaited check(Actor asker, EntryRequest request) {
        return awaited(keys.checkSet(asker, new ConfigurationName(request.name())));
    }

    @Override
    public Permission toStore(TicketRow ticket) {
        return Permission.KEYS_MANAGE;
    }

    @Override
    public Awaited present(Actor visitor, TicketRow ticket) {
        return awaited(keys.checkSet(visitor, new ConfigurationName(id(ticket))));
    }

    @Override
    public void store(Transaction tx, Actor visitor, TicketRow ticket, SecretValue value, @Nullable Long replacing) {
        Expected expected = new Expected(Set.of(replacing == null ? ticket.revision() : replacing));
        try {
            keys.set(tx, visitor, id(ticket), value, expected);
        } catch (VaultException e) {
            // The page has one field, whatever the argument is called elsewhere.
            throw e.field() == null ? e : e.withField("value");
        }
    }

    private static String id(TicketRow ticket) {
        return Objects.requireNonNull(ticket.recordId(), "a key belongs to a configuration");
    }

    private static Awaited awaited(Keyed keyed) {
        return new Awaited(
                keyed.configuration().id(),
                keyed.configuration().name().value(),
                keyed.revision(),
                keyed.configuration().updatedAt(),
                keyed.provider().displayName(),
                keyed.endpoint(),
                keyed.provider().keysUrl());
    }
}
