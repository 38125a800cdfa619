package dev.chatelaine.vault.provider;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names and formats of provider keys, by the catalogue. A key is looked at and never copied, kept or shown.
 *
 * <p>Whose a key is, is told by the longest prefix in the catalogue that it begins with; where several providers share
 * that prefix, as with {@code sk-}, it is plainly no one's.
 */
public final class ProviderKeys {
    private static final int LONGEST = 65_536;

    private final Catalog catalog;

    public ProviderKeys(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Whether a secret of this name is a provider key, whichever provider it names. */
    public static boolean isProviderKeyName(String secretName) {
        return secretName.startsWith(Provider.SECRET_PREFIX);
    }

    /** Whether there is nothing in this but printable ASCII without white space, so that it can be sent in a header. */
    public static boolean isPlain(CharSequence key) {
        return key.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /**
     * The provider whose key the secret of this name is. The provider's own name for it is
     * {@link Provider#secretName()}: {@code provider_key_gemini} is {@code provider_key_google}.
     *
     * @return null when it is not the name of a provider key
     * @throws VaultException {@code provider_unknown} when it names no provider, {@code invalid_name} when that
     *     provider's keys are kept with LLM configurations only
     */
    public @Nullable Provider named(String secretName) {
        if (!isProviderKeyName(secretName)) {
            return null;
        }
        Provider provider = catalog.provider(secretName.substring(Provider.SECRET_PREFIX.length()));
        if (provider.secretName() == null) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "A key for '{}' is not a secret of its own. Create an LLM configuration and set its key.",
                            provider.id())
                    .withField("name");
        }
        return provider;
    }

    /**
     * Refuses what cannot be a key of this provider: white space inside or anything but printable ASCII, a length
     * outside 1 to 65,536, another provider's prefix. White space around it is left out of account; it is the caller's
     * to trim.
     *
     * @throws VaultException {@code invalid_provider_key}, {@code value_required} for nothing but white space,
     *     {@code value_too_large}
     */
    public void check(Provider provider, CharSequence key) {
        CharSequence trimmed = trimmed(key);
        if (trimmed.isEmpty()) {
            throw new VaultException(
                            ErrorCode.VALUE_REQUIRED, "The key is empty. Give the key as the provider shows it.")
                    .withField("value");
        }
        if (trimmed.length() > LONGEST) {
            throw new VaultException(ErrorCode.VALUE_TOO_LARGE, "The key is longer than 65536 bytes.")
                    .withField("value");
        }
        if (!isPlain(trimmed)) {
            throw refused(new VaultException(
                    ErrorCode.INVALID_PROVIDER_KEY,
                    "A provider key is printable ASCII without white space. Copy it again from {}.",
                    provider.displayName()));
        }
        checkPrefix(provider, trimmed);
    }

    private void checkPrefix(Provider provider, CharSequence key) {
        KeyFormat format = provider.keyFormat();
        if (format.kind() == KeyFormat.Kind.ANY) {
            return;
        }
        List<Provider> owners = owners(key);
        if (owners.contains(provider)) {
            return;
        }
        if (owners.size() == 1) {
            throw refused(foreign(provider, owners.get(0)));
        }
        if (format.kind() == KeyFormat.Kind.PREFIX) {
            throw refused(new VaultException(
                    ErrorCode.INVALID_PROVIDER_KEY,
                    "This is not a key of {}: those look like {}. Copy it again from the provider.",
                    provider.displayName(),
                    format.shown()));
        }
    }

    private static VaultException foreign(Provider provider, Provider owner) {
        return new VaultException(
                ErrorCode.INVALID_PROVIDER_KEY,
                "This looks like a key of {}, not of {}. Store it as {}, or give a key of {}.",
                owner.displayName(),
                provider.displayName(),
                Provider.SECRET_PREFIX + owner.id(),
                provider.displayName());
    }

    private static VaultException refused(VaultException e) {
        return e.withField("value");
    }

    /** The providers that have the longest prefix with which this key begins; none where there is no such prefix. */
    private List<Provider> owners(CharSequence key) {
        int longest = catalog.providers().stream()
                .mapToInt(provider -> fit(provider, key))
                .max()
                .orElse(0);
        return longest == 0
                ? List.of()
                : catalog.providers().stream()
                        .filter(provider -> fit(provider, key) == longest)
                        .collect(Collectors.toCollection(ArrayList::new));
    }

    private static int fit(Provider provider, CharSequence key) {
        return provider.keyFormat().prefixes().stream()
                .filter(prefix -> startsWith(key, prefix))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static boolean startsWith(CharSequence key, String prefix) {
        return key.length() >= prefix.length()
                && CharSequence.compare(key.subSequence(0, prefix.length()), prefix) == 0;
    }

    private static CharSequence trimmed(CharSequence key) {
        int start = 0;
        int end = key.length();
        while (start < end && Character.isWhitespace(key.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(key.charAt(end - 1))) {
            end--;
        }
        return key.subSequence(start, end);
    }
}
