package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.ChecksSecret;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Masks;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderKeys;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.tenant.Tenants;
import org.jspecify.annotations.Nullable;

/** The rules at the door: what may be stored under which name, category and plan. Safe for several threads. */
public final class SecretIntake {
    private final Tenants tenants;
    private final ProviderKeys providerKeys;

    /** The rules by these tenants' plans and these providers' formats. */
    public SecretIntake(Tenants tenants, ProviderKeys providerKeys) {
        this.tenants = tenants;
        this.providerKeys = providerKeys;
    }

    /** The name under which a secret is kept: a provider key's alias becomes the provider's own name. */
    SecretName canonical(SecretName given) {
        Provider provider = provider(given);
        return provider == null || provider.secretName() == null ? given : new SecretName(provider.secretName());
    }

    /**
     * Whose key a secret of this name is, or null where it is nobody's.
     *
     * @throws VaultException {@code provider_unknown}, {@code invalid_name}, both of the field {@code name}
     */
    @Nullable
    Provider provider(SecretName name) {
        try {
            return providerKeys.named(name.value());
        } catch (VaultException e) {
            throw e.withField("name");
        }
    }

    /**
     * The category for a name: a provider key's is always {@code llm_provider}, and no other secret has it.
     *
     * @throws VaultException {@code invalid_name}
     */
    Category category(SecretName name, @Nullable Category asked) {
        if (name.isProviderKey()) {
            return Category.LLM_PROVIDER;
        }
        if (asked == Category.LLM_PROVIDER) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "A secret of the category llm_provider is named provider_key_ and the provider, for example"
                                    + " provider_key_openai.")
                    .withField("name");
        }
        return asked == null ? Category.API_KEY : asked;
    }

    /**
     * Refuses a tenant whose plan has no keys of its own.
     *
     * @throws VaultException {@code byok_not_on_plan}
     */
    public void requireByok(Transaction tx, TenantId tenant) {
        if (!tenants.planOf(tx, tenant).byok()) {
            throw new VaultException(
                            ErrorCode.BYOK_NOT_ON_PLAN,
                            "The tenant's plan has no provider keys of its own. Nothing was stored.")
                    .withNext("An operator changes the plan: chatelaine tenant plan " + tenant + " core");
        }
    }

    /**
     * The value as it is to be stored for a name.
     *
     * @param presentHint the hint of the value that it replaces, if any
     * @throws VaultException {@code value_is_mask}, {@code invalid_provider_key}
     */
    SecretValue value(SecretName name, SecretValue given, @Nullable String presentHint) {
        Provider provider = provider(name);
        return provider == null ? unmasked(given, presentHint) : providerKey(provider, given, presentHint);
    }

    /**
     * A provider's key as it is to be stored, trimmed.
     *
     * @throws VaultException {@code value_is_mask}, {@code invalid_provider_key}
     */
    @ChecksSecret
    public SecretValue providerKey(Provider provider, SecretValue given, @Nullable String presentHint) {
        SecretValue trimmed = unmasked(given.stripped(), presentHint);
        boolean checked = trimmed.check(key -> {
            providerKeys.check(provider, key);
            return true;
        });
        return checked ? trimmed : given;
    }

    @ChecksSecret
    private static SecretValue unmasked(SecretValue given, @Nullable String presentHint) {
        if (given.check(value -> Masks.isMask(value) || value.toString().strip().equals(presentHint))) {
            throw new VaultException(
                            ErrorCode.VALUE_IS_MASK,
                            "The value is only a mask or a hint, not the secret itself. Nothing was changed. Leave the"
                                    + " value out to keep the present one.")
                    .withField("value");
        }
        return given;
    }
}
