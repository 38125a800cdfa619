package dev.chatelaine.vault.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The shapes of well-known credentials, to find one that strayed into a text such as a description.
 *
 * <p>The search takes time linear in the text: a repetition without a bound either stands where its own characters cannot
 * stand before it (so that no two attempts read the same run), or is possessive.
 */
public final class KnownKeyShapes {
    /** What comes before is no part of a word, so that {@code task-force} does not begin with {@code sk-}. */
    private static final String START = "(?<![A-Za-z0-9_-])";

    private static final String WORD = "[A-Za-z0-9_-]";
    /** Somewhere within the next 64 characters of the token is a digit: keys have one, words do not. */
    private static final String DIGIT = "(?=[A-Za-z_-]{0,64}[0-9])";

    private static final List<Pattern> SHAPES = compiled(
            // OpenAI, Anthropic, OpenRouter, and others that took over "sk-"
            START + "sk-(?:ant|proj|svcacct|admin|or)-" + DIGIT + WORD + "{16,}+",
            START + "sk-(?:" + "[A-Za-z0-9]{1,15}-){0,3}(?:(?=[A-Za-z]{0,40}[0-9])[A-Za-z0-9]{16}|[A-Za-z]{24})",
            // Google: API keys, OAuth client secrets and access tokens
            START + "AIza" + WORD + "{30,}+",
            START + "GOCSPX-" + WORD + "{20,}+",
            START + "ya29\\." + WORD + "{20,}+",
            START + "(?:xai-|gsk_|pplx-|r8_|hf_|fw_)" + DIGIT + "[A-Za-z0-9]{16,}+",
            START + "tgp_v1_" + WORD + "{20,}+",
            // Chatelaine's own gateway keys
            START + "ck_" + DIGIT + "(?:[A-Za-z0-9]{20}|" + WORD + "{32})",
            START + "gh[oprsu]_[A-Za-z0-9]{30,}+",
            START + "github_pat_[A-Za-z0-9_]{22,}+",
            START + "gl(?:agent|cbt|dt|ft|imt|oas|pat|ptt|rt|soat)-" + WORD + "{20,}+",
            START + "xox[abeoprs]-" + DIGIT + WORD + "{10,}+",
            START + "xapp-[0-9]-" + WORD + "{10,}+",
            "hooks\\.slack\\.com/services/T[A-Z0-9]{6,}+/B[A-Z0-9]{6,}+/[A-Za-z0-9]{16,}+",
            START + "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])",
            "(?i:aws_?secret_?(?:access_?)?key)[\"' ]{0,3}[:=][\"' ]{0,3}[A-Za-z0-9/+]{40}",
            START + "(?:[prs]k_(?:live|test)_|whsec_)[A-Za-z0-9+/]{16,}+",
            START + "npm_[A-Za-z0-9]{36}",
            START + "pypi-AgE" + WORD + "{40,}+",
            START + "dckr_pat_" + WORD + "{20,}+",
            START + "do[opr]_v1_[a-f0-9]{40,}+",
            START + "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
            START + "hv[bs]\\." + WORD + "{24,}+",
            // Twilio API keys, SendGrid
            START + "SK[0-9a-f]{32}(?![A-Za-z0-9])",
            START + "SG\\." + WORD + "{16,}+\\." + WORD + "{16,}+",
            START + "AGE-SECRET-KEY-1[A-Z0-9]{50,}+",
            // JSON Web Tokens (RFC 7519): two base64url objects and a signature
            START + "eyJ" + WORD + "{8,}+\\.eyJ" + WORD + "{8,}+\\." + WORD + "{8,}+",
            // PEM (RFC 7468) and PGP private keys
            "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----",
            // A URL with a password (RFC 3986, section 3.2.1) that is not a placeholder
            "(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\\s/:@?#]{0,128}:[^\\s/:@?#<>{}\\[\\]$*•…][^\\s/@?#]{0,256}@[^\\s/@]");

    private KnownKeyShapes() {}

    /** Whether the text has something in it that is shaped like a credential. */
    public static boolean containsKey(CharSequence text) {
        return SHAPES.stream().anyMatch(shape -> shape.matcher(text).find());
    }

    private static List<Pattern> compiled(String... shapes) {
        return List.of(shapes).stream().map(Pattern::compile).toList();
    }
}
