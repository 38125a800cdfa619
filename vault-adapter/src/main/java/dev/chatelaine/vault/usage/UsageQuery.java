package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which usage to add up: of requests that began in a time of at most {@link #LONGEST}.
 *
 * @param from the first moment
 * @param to the first moment after
 * @param by what to add it up by; null for the whole alone
 */
public record UsageQuery(Instant from, Instant to, @Nullable UsageGrouping by) {
    /** The longest time there is usage of in one answer. */
    public static final Duration LONGEST = Duration.ofDays(400);

    /** How long the time is where no beginning is given. */
    public static final Duration USUAL = Duration.ofDays(30);

    /**
     * Checks the times.
     *
     * @throws VaultException {@code invalid_field}
     */
    public UsageQuery {
        if (!from.isBefore(to) || from.isBefore(Instant.EPOCH) || to.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "`from` is before `to`.").withField("from");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "Usage is added up over at most {} days. Ask for less at a time.",
                            LONGEST.toDays())
                    .withField("from");
        }
    }

    /**
     * The usage that somebody asked for.
     *
     * @param from null for {@link #USUAL} before the end
     * @param to null for now
     */
    public static UsageQuery of(@Nullable Instant from, @Nullable Instant to, @Nullable UsageGrouping by, Instant now) {
        Instant end = to == null ? now.plusMillis(1) : to;
        return new UsageQuery(from == null ? end.minus(USUAL) : from, end, by);
    }
}
