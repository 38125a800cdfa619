package dev.chatelaine.http.console;

import dev.chatelaine.http.page.PageFiles;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console, which lie beside this class, and those that all pages share. A name without an ending is a page: that page's own file, where
 * there is one, and else the console itself, whose script knows the page. A name that is not plain is not there, and so
 * no name leads out of the folder.
 */
final class ConsoleFiles {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}(?:\\.([a-z0-9]{1,5}))?");
    private static final Pattern FOLDER = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "json", "application/json");
    private static final String INDEX = "index.html";

    private ConsoleFiles() {}

    static List<Route> routes() {
        return List.of(
                Route.open("GET", "/console", call -> page(INDEX)),
                Route.open("GET", "/console/{file}", call -> file("", call)),
                Route.open("GET", "/console/{folder}/{file}", call -> file(folder(call) + "/", call)));
    }

    private static String folder(Call call) {
        String folder = call.path("folder");
        if (!FOLDER.matcher(folder).matches()) {
            throw missing();
        }
        return folder;
    }

    private static Reply file(String folder, Call call) {
        Matcher name = NAME.matcher(call.path("file"));
        if (!name.matches()) {
            throw missing();
        }
        String ending = name.group(1);
        if (ending == null) {
            String own = folder + name.group() + ".html";
            return page(read(own) == null ? INDEX : own);
        }
        byte[] bytes = TYPES.containsKey(ending) ? read(folder + name.group()) : null;
        if (bytes == null) {
            throw missing();
        }
        return Reply.bytes(String.valueOf(TYPES.get(ending)), bytes);
    }

    private static Reply page(String name) {
        byte[] html = read(name);
        if (html == null) {
            throw missing();
        }
        return Reply.page(200, html);
    }

    private static byte @Nullable [] read(String name) {
        byte[] own = PageFiles.read(ConsoleFiles.class, name);
        return own != null ? own : PageFiles.read(name);
    }

    private static ProblemException missing() {
        return new ProblemException(HttpProblem.NOT_FOUND);
    }
}
