package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Table;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code config}: the settings in force and where each came from. Opens nothing. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        header = "Show the settings in force and where each came from; never a secret.",
        description = "An option stands above the environment variable, the variable above the default.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine config", "  CHATELAINE_HOME=/srv/vault chatelaine config --json"})
final class ConfigCommand implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    ConfigCommand(Desk desk) {
        this.desk = desk;
    }

    /** One setting; its value is null where it is not set or must not be shown. */
    private record Line(Setting setting, @Nullable String value, String source) {
        Map<String, @Nullable Object> forScripts() {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("name", setting.label());
            line.put("variable", setting.variable());
            line.put("value", value);
            line.put("source", source);
            return line;
        }

        String shown() {
            if (value != null) {
                return value;
            }
            return setting.secret() && !source.equals("default") ? "set, not shown" : setting.defaultText();
        }
    }

    @Override
    public Integer call() {
        Settings settings = desk.settings();
        List<Line> lines = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            String source = settings.source(setting).name().toLowerCase(Locale.ROOT);
            lines.add(new Line(setting, value(settings, setting), source));
        }
        Map<String, @Nullable Object> forScripts = new LinkedHashMap<>();
        forScripts.put("settings", lines.stream().map(Line::forScripts).toList());
        forScripts.put("database", settings.database().toString());
        forScripts.put("root_key_file", settings.rootKeyFile().toString());
        return answer.give(forScripts, out -> print(out, lines, settings));
    }

    private static @Nullable String value(Settings settings, Setting setting) {
        return switch (setting) {
            case HOME -> settings.home().toString();
            case ROOT_KEY_FILE -> settings.rootKeyFile().toString();
            case ROOT_KEY -> null;
            case TENANT -> settings.tenant().value();
            case READ_ONLY -> String.valueOf(settings.readOnly());
            case INLINE_VALUES -> settings.inlineValuesDenied() ? "deny" : "allow";
            case CATALOG -> settings.catalog().map(String::valueOf).orElse(null);
            default -> setting.secret() ? null : settings.given(setting).orElse(null);
        };
    }

    private static void print(PrintWriter out, List<Line> lines, Settings settings) {
        Table table = new Table("SETTING", "VALUE", "FROM", "VARIABLE");
        lines.forEach(line -> table.row(
                line.setting().label(),
                line.shown(),
                line.source(),
                line.setting().variable()));
        table.print(out);
        out.println();
        out.println("database  " + settings.database());
        boolean file = settings.given(Setting.ROOT_KEY).isEmpty();
        out.println("root key  " + (file ? settings.rootKeyFile() : "from " + Setting.ROOT_KEY.variable()));
    }
}
