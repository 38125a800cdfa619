package dev.chatelaine.mcp.cli.llm;

import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.Table;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LLM configurations for people. */
final class LlmText {
    private LlmText() {}

    /** One line: name, provider and model. */
    static String named(Map<String, ? extends @Nullable Object> answer) {
        Facts configuration = new Facts(answer).one("configuration");
        return configuration.text("name") + " (" + model(configuration) + ")";
    }

    static void list(PrintWriter out, Facts answer) {
        if (answer.all("configurations").isEmpty()) {
            out.println(
                    "No LLM configurations. Make one: chatelaine llm create NAME --provider PROVIDER --model MODEL");
            return;
        }
        Table table = new Table("NAME", "MODEL", "KEY", "STATUS", "CHANGED", "");
        for (Facts configuration : answer.all("configurations")) {
            table.row(
                    configuration.text("name"),
                    model(configuration),
                    key(configuration),
                    configuration.is("has_key") ? configuration.text("key_status") : null,
                    configuration.time("updated_at"),
                    configuration.is("is_default") ? "default" : " ");
        }
        table.print(out);
        inEffect(out, answer);
    }

    static void one(PrintWriter out, Facts answer) {
        Facts configuration = answer.one("configuration");
        Table table = new Table("name", String.valueOf(configuration.text("name")));
        table.row("id", configuration.text("id"));
        table.row("model", model(configuration));
        table.row("base url", configuration.text("base_url"));
        table.row("fallbacks", String.join(", ", configuration.texts("fallbacks")));
        table.row("key", key(configuration));
        table.row("key status", configuration.is("has_key") ? configuration.text("key_status") : null);
        table.row("default", configuration.is("is_default") ? "yes" : "no");
        table.row("created", configuration.time("created_at"));
        table.row("changed", configuration.time("updated_at"));
        table.print(out);
        inEffect(out, answer);
    }

    private static void inEffect(PrintWriter out, Facts answer) {
        Facts inEffect = answer.one("in_effect");
        if (inEffect.has("name")) {
            String why = "explicit".equals(inEffect.text("reason")) ? "the default" : "no default, created last";
            out.println("In effect where none is named: " + inEffect.text("name") + " (" + why + ").");
        }
    }

    private static String model(Facts configuration) {
        return configuration.text("provider") + "/" + configuration.text("model");
    }

    private static @Nullable String key(Facts configuration) {
        String hint = configuration.hint("key_hint");
        return configuration.is("has_key") && hint == null ? "set" : hint;
    }
}
