package dev.chatelaine.vault.entry;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderKeys;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.Secrets;
import dev.chatelaine.vault.store.Transaction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A secret, be it there already or not. Safe for several threads. */
final class SecretTarget implements EntryTarget {
    private final Secrets secrets;
    private final ProviderKeys providerKeys;

    SecretTarget(Secrets secrets, ProviderKeys providerKeys) {
        this.secrets = secrets;
        this.providerKeys = providerKeys;
    }

    @Override
    public Awaited check(Actor asker, EntryRequest request) {
        SecretName name = new SecretName(request.name());
        return request.purpose() == Purpose.CREATE_SECRET
                ? absent(secrets.checkCreate(asker, name, request.category()))
                : present(secrets.checkReplace(asker, name));
    }

    @Override
    public Permission toStore(TicketRow ticket) {
        return new SecretName(ticket.request().name()).toWrite();
    }

    @Override
    public Awaited present(Actor visitor, TicketRow ticket) {
        if (ticket.recordId() != null) {
            return present(secrets.checkReplace(visitor, new SecretName(ticket.recordId())));
        }
        SecretName name = new SecretName(ticket.request().name());
        try {
            return absent(secrets.checkCreate(visitor, name, ticket.request().category()));
        } catch (VaultException e) {
            if (e.code() == ErrorCode.SECRET_EXISTS) {
                return present(secrets.checkReplace(visitor, name));
            }
            throw e;
        }
    }

    @Override
    public void store(Transaction tx, Actor visitor, TicketRow ticket, SecretValue value, @Nullable Long replacing) {
        if (ticket.recordId() != null) {
            long seen = replacing == null ? ticket.revision() : replacing;
            secrets.replace(tx, visitor, ticket.recordId(), value, expected(seen));
        } else if (replacing == null) {
            secrets.create(tx, visitor, created(ticket.request(), value));
        } else {
            SecretName name = new SecretName(ticket.request().name());
            secrets.replace(tx, visitor, secrets.idOf(tx, visitor, name), value, expected(replacing));
        }
    }

    private static NewSecret created(EntryRequest request, SecretValue value) {
        Description description = request.description();
        return new NewSecret(
                new SecretName(request.name()),
                request.category(),
                description == null ? Description.NONE : description,
                value);
    }

    private Awaited absent(SecretName name) {
        return awaited(null, name, 0, null);
    }

    private Awaited present(SecretMetadata secret) {
        return awaited(secret.id(), secret.name(), secret.version(), secret);
    }

    private Awaited awaited(@Nullable String id, SecretName name, long revision, @Nullable SecretMetadata secret) {
        Provider provider = providerKeys.named(name.value());
        return new Awaited(
                id,
                name.value(),
                revision,
                secret == null ? null : secret.updatedAt(),
                provider == null ? null : provider.displayName(),
                null,
                provider == null ? null : provider.keysUrl());
    }

    private static Expected expected(long revision) {
        return new Expected(Set.of(revision));
    }
}
