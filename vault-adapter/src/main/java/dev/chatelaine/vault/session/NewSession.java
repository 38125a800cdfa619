package dev.chatelaine.vault.session;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import dev.chatelaine.vault.secret.SecretName;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A session to be started.
 *
 * @param agent what kind of agent runs in it, such as {@code claude-code}: 1 to 128 letters, digits and {@code _ . / : @
 *     + -}, beginning with a letter or a digit
 * @param template what it was made from, a word of the same form; null where that is not said
 * @param llm the model that it uses; null where the bundles say so, or nobody does
 * @param bundles up to {@link #MOST_BUNDLES}, each once
 * @param secretRefs up to {@link #MOST_REFS} single secrets, by name or id, under the keys that shall hold them
 * @param userId for whom it runs, in the caller's own words: 1 to 255 characters without control characters; null where
 *     that is not said
 */
public record NewSession(
        String agent,
        @Nullable String template,
        @Nullable ModelChoice llm,
        List<BundleName> bundles,
        SortedMap<KeyName, SecretName> secretRefs,
        @Nullable String userId) {
    /** So many bundles a session is given at most. */
    public static final int MOST_BUNDLES = 10;
    /** So many single secrets a session is given at most. */
    public static final int MOST_REFS = 50;

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./:@+-]{0,127}");
    private static final int LONGEST_USER_ID = 255;

    /**
     * Checks all that can be checked without looking anything up.
     *
     * @throws VaultException {@code invalid_field} of {@code agent.kind}, {@code template}, {@code user_id}, or of {@code
     *     secrets} for a bundle that is named twice; {@code value_in_wrong_field}; {@code too_many_bundles}; {@code
     *     too_many_keys} for more single secrets than there may be
     */
    public NewSession {
        checkWord(agent, "agent.kind");
        checkWord(template, "template");
        checkUserId(userId);
        checkBundles(bundles);
        if (secretRefs.size() > MOST_REFS) {
            throw new VaultException(
                            ErrorCode.TOO_MANY_KEYS,
                            "A session has at most {} references to single secrets. Nothing was started. Put some into a"
                                    + " bundle.",
                            MOST_REFS)
                    .withField("secret_refs");
        }
        bundles = List.copyOf(bundles);
        secretRefs = Collections.unmodifiableSortedMap(new TreeMap<>(secretRefs));
    }

    private static void checkBundles(List<BundleName> bundles) {
        if (bundles.size() > MOST_BUNDLES) {
            throw new VaultException(
                            ErrorCode.TOO_MANY_BUNDLES,
                            "A session has at most {} bundles. Nothing was started. Put what belongs together into one.",
                            MOST_BUNDLES)
                    .withField("secrets");
        }
        if (new HashSet<>(bundles).size() < bundles.size()) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD, "A bundle is named twice. Nothing was started. Name each once.")
                    .withField("secrets");
        }
    }

    private static void checkWord(@Nullable String word, String field) {
        if (word == null) {
            return;
        }
        if (!WORD.matcher(word).matches()) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "This is 1 to 128 letters, digits and _ . / : @ + -, and begins with a letter or a digit, for"
                                    + " example claude-code. Nothing was started.")
                    .withField(field);
        }
        refuseKey(word, field);
    }

    private static void checkUserId(@Nullable String userId) {
        if (userId == null) {
            return;
        }
        boolean malformed = userId.codePoints()
                .anyMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
        if (userId.isBlank() || userId.codePointCount(0, userId.length()) > LONGEST_USER_ID || malformed) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "A user id is 1 to 255 characters without control characters. Nothing was started.")
                    .withField("user_id");
        }
        refuseKey(userId, "user_id");
    }

    private static void refuseKey(String text, String field) {
        if (KnownKeyShapes.containsKey(text)) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "This looks like a key. Nothing was started. Store the key in a bundle, and rotate it if it"
                                    + " was shown to anybody.")
                    .withField(field);
        }
    }
}
