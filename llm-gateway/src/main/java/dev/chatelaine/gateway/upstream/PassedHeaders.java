package dev.chatelaine.gateway.upstream;

import dev.chatelaine.vault.crypto.SecretValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** The headers of a provider's answer that the caller may see. All others, cookies among them, end here. */
final class PassedHeaders {
    private static final Set<String> NAMES = Set.of(
            "openai-processing-ms",
            "retry-after",
            "x-ratelimit-limit-requests",
            "x-ratelimit-limit-tokens",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-requests",
            "x-ratelimit-reset-tokens");
    /** Numbers, durations and dates are all that these headers hold. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9 ,:.+-]{1,64}");

    private PassedHeaders() {}

    static Map<String, String> of(HttpFields fields, @Nullable SecretValue key) {
        Map<String, String> passed = new LinkedHashMap<>();
        for (HttpField field : fields) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            String value = field.getValue();
            if (NAMES.contains(name) && value != null && VALUE.matcher(value).matches() && !KeyEcho.isIn(value, key)) {
                passed.putIfAbsent(name, value);
            }
        }
        return passed;
    }
}
