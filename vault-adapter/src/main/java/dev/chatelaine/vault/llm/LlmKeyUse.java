package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.LlmConfiguration.OwnKey;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Opening configurations' own keys for requests, each with an event in the same transaction: no event, no key. Whoever
 * calls it has {@code llm:invoke}, or is refused with {@code permission_denied}. Safe for several threads and processes.
 */
public final class LlmKeyUse {
    /** Uses so close to each other are written down as one. */
    private static final Duration SAME_USE = Duration.ofMinutes(1);

    private final Keyrings keyrings;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Clock clock;

    /** The uses of a vault's configurations' keys. */
    public LlmKeyUse(Keyrings keyrings, AccessPolicy access, AuditLog audit, Clock clock) {
        this.keyrings = keyrings;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** A configuration's own key, and what is told of it. */
    public record Opened(OwnKey key, SecretValue value) {}

    /**
     * Opens a configuration's own key for a request of the actor's, as far as it is the configuration still that the
     * caller was told of: the same provider's same model at the same base URL. That it was used is written down once a
     * minute.
     *
     * @return the key, or nothing where there is none or it would go elsewhere than it was entered for
     * @throws VaultException {@code integrity_failed}
     */
    public Optional<Opened> openForRequest(Transaction tx, Actor actor, LlmConfiguration told) {
        access.confirm(actor, Permission.LLM_INVOKE);
        return ConfigurationRows.byId(tx, actor.tenant(), told.id())
                .filter(row -> asksTheSame(row.configuration(), told))
                .flatMap(row -> KeyRow.find(tx, row).map(key -> open(tx, actor, row, key)));
    }

    /**
     * Writes down what a provider said of the key of a configuration that a request of the actor's was made with, where
     * it has that key still and something else is known of it.
     *
     * @param version of the key, as it was opened
     */
    public void report(Transaction tx, Actor actor, LlmConfiguration told, long version, KeyStatus status) {
        access.confirm(actor, Permission.LLM_INVOKE);
        ConfigurationRow row =
                ConfigurationRows.byId(tx, actor.tenant(), told.id()).orElse(null);
        OwnKey present = row == null ? null : row.configuration().key();
        if (row != null && present != null && present.version() == version && present.status() != status) {
            KeyRow.markVerified(tx, row, status, clock.millis());
            audit.append(tx, actor, "llm.key_status", row.name().value());
        }
    }

    private Opened open(Transaction tx, Actor actor, ConfigurationRow row, KeyRow key) {
        SecretValue value = keyrings.of(tx, actor.tenant()).open(key.sealed(), row.place(key.version()));
        OwnKey told = Objects.requireNonNull(row.configuration().key(), "what is told of a key that is there");
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (told.lastUsedAt() == null || !now.isBefore(told.lastUsedAt().plus(SAME_USE))) {
            KeyRow.markUsed(tx, row, now.toEpochMilli());
        }
        audit.appendAtEnd(tx, actor, "llm.reveal", row.name().value());
        return new Opened(told, value);
    }

    private static boolean asksTheSame(LlmConfiguration present, LlmConfiguration told) {
        return present.provider().equals(told.provider())
                && present.model().equals(told.model())
                && Objects.equals(present.baseUrl(), told.baseUrl());
    }
}
