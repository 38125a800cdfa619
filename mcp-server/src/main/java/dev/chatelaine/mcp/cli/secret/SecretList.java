package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import dev.chatelaine.mcp.cli.desk.WholeNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code secret list}: everything, or one page where a limit is given. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List secrets; never their values.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine secret list",
            "  chatelaine secret list --query stripe --deleted",
            "  chatelaine secret list --category database --json"
        })
final class SecretList implements Callable<Integer> {
    private static final long PAGE = 200;

    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Option(names = "--category", paramLabel = "CATEGORY", description = "Only secrets of this category.")
    private @Nullable String category;

    @Option(names = "--query", paramLabel = "TEXT", description = "Only secrets with this in name or description.")
    private @Nullable String query;

    @Option(names = "--deleted", description = "Deleted ones too.")
    private boolean deleted;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "At most so many, up to 200; without it all are listed.")
    private @Nullable Long limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where the page before ended.")
    private @Nullable String cursor;

    SecretList(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered = limit == null ? everything() : page(limit, cursor);
        Facts facts = new Facts(answered);
        return answer.give(answered, out -> {
            SecretText.list(out, facts.all("secrets"));
            if (facts.has("next_cursor")) {
                out.println("There are more. Next: chatelaine secret list --limit " + limit + " --cursor "
                        + facts.text("next_cursor"));
            }
        });
    }

    private Map<String, @Nullable Object> everything() {
        Map<String, @Nullable Object> page = page(PAGE, cursor);
        List<@Nullable Object> secrets = new ArrayList<>(secrets(page));
        while (page.get("next_cursor") != null) {
            page = page(PAGE, page.get("next_cursor"));
            secrets.addAll(secrets(page));
        }
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("action", "list");
        whole.put("secrets", secrets);
        return whole;
    }

    private Map<String, @Nullable Object> page(long size, @Nullable Object after) {
        return desk.call(ToolCall.secrets("list")
                .with("category", category)
                .with("query", query)
                .with("include_deleted", deleted)
                .with("limit", size)
                .with("cursor", after));
    }

    private static List<?> secrets(Map<String, ? extends @Nullable Object> page) {
        return page.get("secrets") instanceof List<?> list ? list : List.of();
    }
}
