package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.vault.llm.ConfigurationList;
import dev.chatelaine.vault.llm.LlmConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a tenant's configurations, which the vault gives all at once: they are few. */
record ConfigurationPage(List<LlmConfiguration> configurations, boolean more) {
    private static final int MOST = 200;

    static ConfigurationPage of(ConfigurationList all, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw FieldNames.refused("limit", "The limit is a whole number from 1 to 200.");
        }
        String after = cursor == null ? "" : name(cursor);
        List<LlmConfiguration> rest = all.configurations().stream()
                .filter(configuration -> configuration.name().value().compareTo(after) > 0)
                .toList();
        return new ConfigurationPage(rest.subList(0, Math.min(limit, rest.size())), rest.size() > limit);
    }

    Map<String, Object> view(ConfigurationList all) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(
                "configurations",
                configurations.stream()
                        .map(configuration -> ConfigurationViews.configuration(configuration, all.inEffect()))
                        .toList());
        view.put("in_effect", ConfigurationViews.inEffect(all.inEffect()));
        if (more) {
            view.put("next_cursor", cursor(configurations.get(configurations.size() - 1)));
        }
        return view;
    }

    private static String cursor(LlmConfiguration last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.name().value().getBytes(StandardCharsets.US_ASCII));
    }

    private static String name(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw FieldNames.refused("cursor", "The cursor is not one that a list gave.")
                    .causedBy(e);
        }
    }
}
