package dev.chatelaine.http.entry;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The style, the scripts and the mark of the entry page; what is not on the list is not there. */
final class EntryFiles implements Route.Action {
    static final String PATH = "/entry/files/{file}";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, String> TYPES = Map.of(
            "entry.css",
            "text/css; charset=utf-8",
            "entry.js",
            SCRIPT,
            "again.js",
            SCRIPT,
            "mark.svg",
            "image/svg+xml");

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

    /** A file that is there. */
    static byte[] read(String file) {
        try (InputStream stream =
                Objects.requireNonNull(EntryFiles.class.getResourceAsStream(file), "a listed file is there")) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
