package dev.chatelaine.http.entry;

import dev.chatelaine.http.page.PageFiles;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import java.util.Map;
import java.util.Objects;

/** The styles, the scripts and the mark of the entry page; what is not on the list is not there. */
final class EntryFiles implements Route.Action {
    static final String PATH = "/entry/files/{file}";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("style.css", STYLE),
            Map.entry("entry.css", STYLE),
            Map.entry("entry.js", SCRIPT),
            Map.entry("watch.js", SCRIPT),
            Map.entry("again.js", SCRIPT),
            Map.entry("dom.js", SCRIPT),
            Map.entry("value-field.js", SCRIPT),
            Map.entry("exact-text.js", SCRIPT),
            Map.entry("mark.svg", "image/svg+xml"));

    @Override
    public Reply answer(Call call) {
        call.bare();
        String file = call.path("file");
        String type = TYPES.get(file);
        if (type == null) {
            throw new ProblemException(HttpProblem.NOT_FOUND);
        }
        return Reply.bytes(type, read(file));
    }

    /** A file that is there: the page's own, or one that pages share. */
    static byte[] read(String file) {
        byte[] own = PageFiles.read(EntryFiles.class, file);
        return own != null ? own : Objects.requireNonNull(PageFiles.read(file), "a listed file is there");
    }
}
