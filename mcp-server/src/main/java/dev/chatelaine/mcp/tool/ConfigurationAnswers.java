package dev.chatelaine.mcp.tool;

import static dev.chatelaine.mcp.tool.Facts.quoted;
import static dev.chatelaine.mcp.tool.Facts.time;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.vault.llm.ConfigurationList;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.InEffect;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.verify.KeyVerifications.VerifiedConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code configure_llm} answers. */
final class ConfigurationAnswers {
    private ConfigurationAnswers() {}

    static Done one(ConfigurationAction action, String did, LlmConfiguration configuration, List<Warning> warnings) {
        Map<String, @Nullable Object> structured = start(action);
        structured.put("configuration", structured(configuration));
        StringBuilder text = new StringBuilder(did).append(' ').append(line(configuration));
        Warning.add(warnings, structured, text);
        return new Done(structured, text.toString());
    }

    static Done found(LlmConfiguration configuration, @Nullable InEffect inEffect) {
        Map<String, @Nullable Object> structured = start(ConfigurationAction.GET);
        structured.put("configuration", structured(configuration));
        structured.put("in_effect", structured(inEffect));
        return new Done(structured, "Found " + line(configuration) + "\n" + line(inEffect));
    }

    static Done all(ConfigurationList list) {
        Map<String, @Nullable Object> structured = start(ConfigurationAction.LIST);
        structured.put(
                "configurations",
                list.configurations().stream()
                        .map(ConfigurationAnswers::structured)
                        .toList());
        structured.put("in_effect", structured(list.inEffect()));
        int count = list.configurations().size();
        StringBuilder text = new StringBuilder(count == 1 ? "1 LLM configuration." : count + " LLM configurations.");
        list.configurations().forEach(configuration -> text.append("\n- ").append(line(configuration)));
        return new Done(
                structured, text.append('\n').append(line(list.inEffect())).toString());
    }

    static Done deleted(ConfigurationName name) {
        Map<String, @Nullable Object> structured = start(ConfigurationAction.DELETE);
        structured.put("name", name.value());
        structured.put("deleted", true);
        return new Done(structured, "Deleted " + quoted(name.value()) + " and its key. It cannot be restored.");
    }

    static Done verified(VerifiedConfiguration verified) {
        LlmConfiguration configuration = verified.configuration();
        Map<String, @Nullable Object> structured = start(ConfigurationAction.VERIFY);
        structured.put("name", configuration.name().value());
        structured.put("status", verified.status().label());
        structured.put("configuration", structured(configuration));
        String verdict = Facts.verdict(quoted(configuration.name().value()), verified.status());
        return new Done(structured, verdict + "\n" + line(configuration));
    }

    private static Map<String, @Nullable Object> start(ConfigurationAction action) {
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put(Action.FIELD, action.label());
        return structured;
    }

    private static Map<String, @Nullable Object> structured(LlmConfiguration configuration) {
        LlmConfiguration.OwnKey key = configuration.key();
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put("id", configuration.id());
        structured.put("name", configuration.name().value());
        structured.put("provider", configuration.provider().value());
        structured.put("model", configuration.model().value());
        structured.put("base_url", baseUrl(configuration));
        structured.put("fallbacks", configuration.fallbacks().models());
        structured.put("has_key", key != null);
        structured.put("key_hint", key == null ? null : key.hint());
        structured.put("key_status", key == null ? "none" : key.status().label());
        structured.put("is_default", configuration.isDefault());
        structured.put("created_at", time(configuration.createdAt()));
        structured.put("updated_at", time(configuration.updatedAt()));
        return structured;
    }

    private static @Nullable Map<String, @Nullable Object> structured(@Nullable InEffect inEffect) {
        if (inEffect == null) {
            return null;
        }
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put("name", inEffect.name().value());
        structured.put("reason", inEffect.reason().label());
        return structured;
    }

    private static String line(LlmConfiguration configuration) {
        LlmConfiguration.OwnKey key = configuration.key();
        StringBuilder line = new StringBuilder(quoted(configuration.name().value()))
                .append(configuration.isDefault() ? " (the default): " : ": ")
                .append(configuration.provider())
                .append(", model ")
                .append(configuration.model().value());
        if (configuration.baseUrl() != null) {
            line.append(", at ").append(configuration.baseUrl());
        }
        if (!configuration.fallbacks().models().isEmpty()) {
            line.append(", falls back to ")
                    .append(String.join(", then ", configuration.fallbacks().models()));
        }
        line.append(
                key == null
                        ? ", key: none of its own"
                        : ", key: " + Facts.hint(key.hint()) + ", "
                                + key.status().label());
        line.append(", id ").append(configuration.id());
        line.append(", created ").append(time(configuration.createdAt()));
        return line.append(", changed ")
                .append(time(configuration.updatedAt()))
                .append('.')
                .toString();
    }

    private static String line(@Nullable InEffect inEffect) {
        if (inEffect == null) {
            return "In effect by default: none, because there is no configuration.";
        }
        String why = switch (inEffect.reason()) {
            case EXPLICIT -> "it was made the default";
            case MOST_RECENT -> "no default is set, and it was created last";
        };
        return "In effect by default: " + quoted(inEffect.name().value()) + " ("
                + inEffect.reason().label() + ": " + why + ").";
    }

    private static @Nullable String baseUrl(LlmConfiguration configuration) {
        return configuration.baseUrl() == null ? null : configuration.baseUrl().toString();
    }
}
