package dev.chatelaine.http.entry;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.entry.EntryView;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entry page in each of its states, from one template. What was typed is in none of them. */
final class EntryPages {
    private static final String TITLE = "title";

    private final Template template = template();

    /** The form, perhaps with what is wrong with the value that was sent before. */
    Reply form(EntryView view, String token, @Nullable Problem refused) {
        Map<String, Object> facts = EntryText.facts(view);
        facts.put(TITLE, "Enter " + view.present().name());
        facts.put("form", true);
        facts.put("token", token);
        if (refused != null) {
            facts.put("error", refused.detail());
        }
        if (refused != null && view.changed()) {
            facts.put("replacing", Long.toString(view.present().revision()));
        }
        return page(refused == null ? 200 : refused.status(), facts);
    }

    /** The end that everybody wants. */
    Reply stored(String name) {
        return page(200, Map.of(TITLE, "Stored", "stored", true, "name", name));
    }

    /** What is wrong, where there is no form any more. */
    Reply refused(Problem problem, Actor visitor) {
        return page(
                problem.status(),
                Map.of(
                        TITLE,
                        "This page is closed",
                        "refused",
                        problem.detail(),
                        "subject",
                        visitor.subject(),
                        "tenant",
                        visitor.tenant().value()));
    }

    private Reply page(int status, Map<String, Object> facts) {
        return Reply.page(status, template.execute(facts).getBytes(StandardCharsets.UTF_8));
    }

    private static Template template() {
        try (InputStream page =
                Objects.requireNonNull(EntryPages.class.getResourceAsStream("entry.html"), "entry.html is missing")) {
            return Mustache.compiler().defaultValue("").compile(new InputStreamReader(page, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
