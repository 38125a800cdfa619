package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which models may be asked: names or globs over the whole of {@code provider/model}. In a glob {@code *} stands for any
 * characters or none, slashes among them (a model's name may have some), and {@code ?} for one; everything else stands
 * for itself, whatever it means elsewhere. Case counts, but for the provider's.
 *
 * @param globs 1 to 50, each as it is compared
 */
public record ModelPatterns(List<String> globs) {
    private static final int MOST = 50;
    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7E]{1,256}");

    public ModelPatterns {
        globs = List.copyOf(globs);
    }

    /**
     * The patterns that somebody gave, with each provider under its own id.
     *
     * @throws VaultException {@code invalid_field} for none, too many, or one that no model's name can fit; {@code
     *     provider_unknown}; {@code value_in_wrong_field} for one that looks like a key
     */
    public static ModelPatterns of(List<String> given, Catalog catalog) {
        if (given.isEmpty() || given.size() > MOST) {
            throw invalid();
        }
        return new ModelPatterns(
                given.stream().map(glob -> canonical(glob, catalog)).distinct().toList());
    }

    /** Whether a model may be asked. */
    public boolean allow(String modelId) {
        return globs.stream().anyMatch(glob -> fits(glob, modelId));
    }

    private static String canonical(String glob, Catalog catalog) {
        if (KnownKeyShapes.containsKey(glob)) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "A pattern of allowed_models looks like a key. Nothing was stored. Name models.")
                    .withField("allowed_models");
        }
        int slash = glob.indexOf('/');
        String provider = slash < 0 ? glob : glob.substring(0, slash);
        boolean wild = provider.indexOf('*') >= 0 || provider.indexOf('?') >= 0;
        if (!SHAPE.matcher(glob).matches() || provider.isEmpty() || slash == glob.length() - 1) {
            throw invalid();
        }
        if (wild) {
            return glob;
        }
        if (slash < 0) {
            throw invalid();
        }
        try {
            return catalog.provider(provider).id() + glob.substring(slash);
        } catch (VaultException e) {
            throw e.withField("allowed_models");
        }
    }

    /**
     * Compares from left to right, and goes back to the last star only: a star that could take more than the shortest
     * never has to where another star follows. So the time is at most the product of both lengths.
     */
    private static boolean fits(String glob, String text) {
        int g = 0;
        int t = 0;
        int star = -1;
        int taken = 0;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                taken = t;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++taken;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }

    private static VaultException invalid() {
        return new VaultException(
                        ErrorCode.INVALID_FIELD,
                        "allowed_models are 1 to 50 names or globs over provider/model, each up to 256 printable ASCII"
                                + " characters without spaces: openai/gpt-4.1-mini, anthropic/*. Leave them out to allow"
                                + " every model.")
                .withField("allowed_models");
    }
}
