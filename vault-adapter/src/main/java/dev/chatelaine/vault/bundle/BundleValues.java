package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.ChecksSecret;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import dev.chatelaine.vault.provider.Masks;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All the values of a bundle, by their keys. Shows its keys alone.
 *
 * @param values 1 to {@link #MOST} of them, unmodifiable
 */
public record BundleValues(SortedMap<KeyName, SecretValue> values) {
    /** So many values a bundle has at most. */
    public static final int MOST = 50;

    /**
     * Checks how many there are, that none of them is a mask, and that no key strayed into a name.
     *
     * @throws VaultException {@code too_many_keys}, {@code value_required} for none at all, {@code value_is_mask},
     *     {@code value_in_wrong_field}
     */
    @ChecksSecret
    public BundleValues {
        checkNumber(values.size());
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        for (Map.Entry<KeyName, SecretValue> entry : values.entrySet()) {
            if (KnownKeyShapes.containsKey(entry.getKey().value())) {
                throw keyAsName();
            }
            if (entry.getValue().check(Masks::isMask)) {
                throw mask(entry.getKey());
            }
        }
    }

    /**
     * The values that somebody typed or sent; the field at fault is {@code values.KEY}, or {@code values} where the key
     * itself is wrong.
     *
     * @throws VaultException what the constructor says; {@code invalid_name}, {@code reserved_key_name}; of a value
     *     {@code value_required}, {@code value_too_large}, {@code invalid_value}
     */
    public static BundleValues of(Map<String, ? extends CharSequence> given) {
        checkNumber(given.size());
        SortedMap<KeyName, SecretValue> values = new TreeMap<>();
        given.forEach((key, value) -> {
            KeyName name = name(key);
            values.put(name, value(name, value));
        });
        return new BundleValues(values);
    }

    private static KeyName name(String key) {
        try {
            return new KeyName(key);
        } catch (VaultException e) {
            throw e.withField("values");
        }
    }

    private static SecretValue value(KeyName key, CharSequence value) {
        if (value.length() == 0) {
            throw new VaultException(
                            ErrorCode.VALUE_REQUIRED,
                            "The value of {} is empty. Nothing was changed. Give it, or leave the key out.",
                            key)
                    .withField("values." + key);
        }
        try {
            return SecretValue.of(value);
        } catch (VaultException e) {
            throw e.withField("values." + key);
        }
    }

    private static void checkNumber(int size) {
        if (size > MOST) {
            throw new VaultException(
                            ErrorCode.TOO_MANY_KEYS,
                            "A bundle has at most {} values. Nothing was changed. Make two bundles of it.",
                            MOST)
                    .withField("values");
        }
        if (size == 0) {
            throw new VaultException(ErrorCode.VALUE_REQUIRED, "A bundle has at least one value. Nothing was changed.")
                    .withField("values");
        }
    }

    private static VaultException mask(KeyName key) {
        return new VaultException(
                        ErrorCode.VALUE_IS_MASK,
                        "The value of {} is only a mask, not the secret itself. Nothing was changed. Give all of the"
                                + " bundle's values.",
                        key)
                .withField("values." + key);
    }

    private static VaultException keyAsName() {
        return new VaultException(
                        ErrorCode.VALUE_IN_WRONG_FIELD,
                        "One of the names looks like a key itself. Nothing was stored. Rotate the key if it was shown"
                                + " to anybody.")
                .withField("values");
    }

    @Override
    public String toString() {
        return "BundleValues" + values.keySet();
    }
}
