package dev.chatelaine.vault.provider;

import java.util.regex.Pattern;

/**
 * A provider's id, such as {@code openai}: lower-case letters, digits, {@code -} and {@code _}, at most 64.
 *
 * @param value the id as it is written
 */
public record ProviderId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    public ProviderId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("A provider id is 1 to 64 of a-z, 0-9, '_' and '-'");
        }
    }

    static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
