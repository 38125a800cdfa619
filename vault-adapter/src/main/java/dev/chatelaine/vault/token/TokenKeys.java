package dev.chatelaine.vault.token;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.TokenKeyring;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The instance's signing keys. One signs; those before it prove their tokens until the last of these has expired, and
 * are then forgotten. Every process on the vault sees a change with its next call. The operator's: whoever can open the
 * vault may call it. Safe for several threads.
 */
public final class TokenKeys {
    /** How long a key signs; the first token after that is signed with a new one. */
    public static final Duration SIGNS_FOR = Duration.ofDays(90);

    /** How long a key proves its tokens beyond their expiry, for verifiers whose clocks differ. */
    public static final Duration LEEWAY = Duration.ofSeconds(60);

    private final Database database;
    private final TokenKeyring keyring;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private volatile Map<Opened, ECPublicKey> opened = Map.of();

    /** What a public key was opened from: of no use for another record. */
    private record Opened(String id, SealedValue publicPart) {
        static Opened from(TokenKeyRow row) {
            return new Opened(row.id(), row.key().publicPart());
        }
    }

    /** The signing keys of a vault. */
    public TokenKeys(Database database, TokenKeyring keyring, AuditLog audit, Ids ids, Clock clock) {
        this.database = database;
        this.keyring = keyring;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Has a token built and signed, and writes {@code token.issue} to the audit of the actor's tenant: no event, no
     * token. Makes the first key, or the next one when the present has signed for {@link #SIGNS_FOR}.
     *
     * @param operator who asks, in the tenant that the token is for
     * @param subject whom the token is for
     * @param expiresAt when the token expires; its key proves it until then
     * @param token builds the token with the signer, which is of no use afterwards
     * @throws dev.chatelaine.vault.VaultException {@code tenant_not_found}
     */
    public String issue(Actor operator, String subject, Instant expiresAt, Function<TokenSigner, String> token) {
        return database.write(Scope.tenant(operator.tenant()).andVault(), tx -> {
            TokenKeyRow row = present(tx, operator).until(expiresAt.toEpochMilli());
            row.update(tx);
            audit.append(tx, operator, "token.issue", subject);
            TokenSigner signer = new TokenSigner(
                    keyring, row.id(), Objects.requireNonNull(row.key().privatePart()));
            try {
                return token.apply(signer);
            } finally {
                signer.finish();
            }
        });
    }

    /**
     * The keys whose signatures count now, oldest first; empty before the first token.
     *
     * @throws dev.chatelaine.vault.VaultException {@code integrity_failed} when one was changed on disk
     */
    public List<TokenKey> verifying() {
        List<TokenKeyRow> rows = database.read(tx -> TokenKeyRow.verifying(tx, forgottenBy()));
        Map<Opened, ECPublicKey> known = opened;
        Map<Opened, ECPublicKey> used = new HashMap<>();
        rows.forEach(row -> used.put(Opened.from(row), publicKey(row, known)));
        opened = Map.copyOf(used);
        return rows.stream().map(row -> key(row, publicKey(row, used))).toList();
    }

    /** Signs with a new key from now on. The private part of the old one is destroyed; its tokens stay good. */
    public TokenKey rotate(Actor operator) {
        return database.write(Scope.tenant(operator.tenant()).andVault(), tx -> {
            TokenKeyRow row = replaced(tx);
            audit.append(tx, operator, "token_key.rotate", row.id());
            return key(row, publicKey(row, Map.of()));
        });
    }

    /** Signs with a new key from now on and forgets every other: all tokens signed so far are void at once. */
    public TokenKey revoke(Actor operator) {
        return database.write(Scope.tenant(operator.tenant()).andVault(), tx -> {
            TokenKeyRow.deleteAll(tx);
            TokenKeyRow row = created(tx);
            audit.append(tx, operator, "token_key.revoke", row.id());
            return key(row, publicKey(row, Map.of()));
        });
    }

    /** How many keys the root keyring's primary did not seal. */
    public long countNotUnderPrimary(Transaction tx) {
        return TokenKeyRow.countNotUnder(tx, keyring.rootKeyId());
    }

    /** Seals those keys anew with the root keyring's primary, and says how many they were. */
    public long reseal(Transaction tx) {
        List<TokenKeyRow> rows = TokenKeyRow.notUnder(tx, keyring.rootKeyId());
        rows.forEach(row -> row.with(keyring.reseal(row.id(), row.key())).update(tx));
        return rows.size();
    }

    /** The ids of those keys, of all that there are, that do not open in their places. */
    public static List<String> damaged(Transaction tx, TokenKeyring keyring) {
        return TokenKeyRow.all(tx).stream()
                .filter(row -> !isWhole(row, keyring))
                .map(TokenKeyRow::id)
                .toList();
    }

    private static boolean isWhole(TokenKeyRow row, TokenKeyring keyring) {
        try {
            keyring.prove(row.id(), row.key());
            return true;
        } catch (VaultException e) {
            if (e.code() != ErrorCode.INTEGRITY_FAILED) {
                throw e;
            }
            return false;
        }
    }

    private TokenKeyRow present(Transaction tx, Actor operator) {
        long oldest = clock.millis() - SIGNS_FOR.toMillis();
        return TokenKeyRow.signing(tx).filter(row -> row.createdAt() > oldest).orElseGet(() -> {
            TokenKeyRow row = replaced(tx);
            audit.append(tx, operator, "token_key.create", row.id());
            return row;
        });
    }

    private TokenKeyRow replaced(Transaction tx) {
        TokenKeyRow.signing(tx)
                .ifPresent(row -> row.with(row.key().withoutPrivatePart()).update(tx));
        TokenKeyRow.deleteExpired(tx, forgottenBy());
        return created(tx);
    }

    private TokenKeyRow created(Transaction tx) {
        String id = ids.next("tky_");
        TokenKeyRow row = new TokenKeyRow(id, keyring.generate(id), clock.millis(), 0);
        row.insert(tx);
        return row;
    }

    private ECPublicKey publicKey(TokenKeyRow row, Map<Opened, ECPublicKey> known) {
        ECPublicKey key = known.get(Opened.from(row));
        return key != null ? key : keyring.publicKey(row.id(), row.key().publicPart());
    }

    private static TokenKey key(TokenKeyRow row, ECPublicKey publicKey) {
        return new TokenKey(row.id(), publicKey, Instant.ofEpochMilli(row.createdAt()), row.signs());
    }

    private long forgottenBy() {
        return clock.millis() - LEEWAY.toMillis();
    }
}
