package dev.chatelaine.vault.provider;

import java.util.regex.Pattern;

/** Tells a mask from a value, so that a redacted value written back does not replace the value it stands for. */
public final class Masks {
    private static final String PREFIX =
            "(?:sk-(?:ant-(?:api\\d\\d-)?|proj-|svcacct-|admin-)?|[sr]k_(?:live|test)_|gsk_|xai-"
                    + "|AIza|fw_|ck_|gh[opsu]_|github_pat_|glpat-|xox[abp]-|AKIA|npm_|hf_)";
    /** One of these says enough; of stars and full stops, which occur in passwords, it takes three. */
    private static final String DOTS = "[•●∙⋅·◦○▪■█…]";

    private static final String RUN = "(?:(?:" + DOTS + "|[*.])*" + DOTS + "(?:" + DOTS + "|[*.])*|[*.]{3,})";
    private static final Pattern ONLY_MASK = Pattern.compile("(?:" + DOTS + "|\\*|\\.{3})+");
    private static final Pattern WRITTEN_BACK = Pattern.compile(PREFIX + "?" + RUN + "[!-~]{0,4}");
    private static final Pattern WORD =
            Pattern.compile("(?:SecretValue)?(?:\\[redacted]|<redacted>|\\(redacted\\))", Pattern.CASE_INSENSITIVE);
    /** No mask that anything shows is longer, and the patterns need no more than this to be quick. */
    private static final int LONGEST = 512;

    private Masks() {}

    /**
     * Whether this is only a mask: mask characters ({@code ••••}, {@code ****}, {@code …}), also with a well-known
     * prefix of keys before and up to four characters after ({@code sk-…abcd}), or the word for it in brackets
     * ({@code [redacted]}). White space around it is left out of account.
     */
    public static boolean isMask(CharSequence value) {
        CharSequence text = value;
        if (text.length() > LONGEST) {
            return value.chars().allMatch(c -> c == '*' || c == '•' || c == '●' || c == '…');
        }
        int start = 0;
        int end = text.length();
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        CharSequence inner = text.subSequence(start, end);
        return ONLY_MASK.matcher(inner).matches()
                || WRITTEN_BACK.matcher(inner).matches()
                || WORD.matcher(inner).matches();
    }
}
