package dev.chatelaine.vault.provider;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One provider of language models, as the catalogue knows it.
 *
 * @param id its id
 * @param displayName its name for people
 * @param aliases other ids under which it is found
 * @param baseUrl where it is reached unless a configuration says otherwise, without a slash at the end; null where a
 *     configuration must say
 * @param keyFormat how its keys look
 * @param protocol what it speaks
 * @param keysUrl the page where a person gets a key, where there is one
 * @param ownSecret whether its key is a secret of its own; if not, keys are kept with LLM configurations only
 * @param modelsList whether {@code GET <base URL>/models} tells a good key from a bad one
 * @param rejectionMarks texts, any of which in the body of a 400 answer means that the key is not valid
 * @param prices where the prices of its models come from, unless a model says otherwise; null where nobody said
 * @param quirks what of a request in OpenAI's shape it cannot take
 */
public record Provider(
        ProviderId id,
        String displayName,
        List<ProviderId> aliases,
        @Nullable URI baseUrl,
        KeyFormat keyFormat,
        Protocol protocol,
        @Nullable URI keysUrl,
        boolean ownSecret,
        boolean modelsList,
        List<String> rejectionMarks,
        @Nullable PriceSource prices,
        Quirks quirks) {
    /** What the names of provider keys begin with. */
    public static final String SECRET_PREFIX = "provider_key_";

    public Provider {
        aliases = List.copyOf(aliases);
        rejectionMarks = List.copyOf(rejectionMarks);
    }

    /** The name of the secret that holds this provider's key, or null where there is no such secret. */
    public @Nullable String secretName() {
        return ownSecret ? SECRET_PREFIX + id : null;
    }

    /** Whether this is the provider with that id or alias, whatever its case. */
    public boolean answersTo(String idOrAlias) {
        String wanted = idOrAlias.toLowerCase(Locale.ROOT);
        return ProviderId.isValid(wanted) && answersTo(new ProviderId(wanted));
    }

    /** Whether this is the provider with that id or alias. */
    boolean answersTo(ProviderId other) {
        return id.equals(other) || aliases.contains(other);
    }
}
