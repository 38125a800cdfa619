package dev.chatelaine.mcp.cli.serve;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.serve.ConsoleSignIn;
import dev.chatelaine.mcp.serve.ServeSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code console-link}: lets somebody into the console whom no identity provider knows. The operator's. */
@Command(
        name = "console-link",
        mixinStandardHelpOptions = true,
        header = "Print a link that signs a person in to the console, once.",
        description = {
            "The link is printed alone on its line. Whoever opens it first, within ten minutes, is signed in as that"
                    + " person for up to twelve hours: hand it over like a password.",
            "Roles: viewer, member, key_manager, admin, owner."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine console-link --tenant acme --subject ada@acme.example --role member",
            "  chatelaine console-link --subject ada --role owner --server http://127.0.0.1:9000"
        })
public final class ConsoleLinkCommand implements Callable<Integer> {
    private static final URI USUAL = URI.create("http://127.0.0.1:8470");

    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Option(names = "--subject", required = true, paramLabel = "NAME", description = "Whom the link signs in.")
    private String subject = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "What they may do in the tenant; may be repeated.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Where `serve` is; CHATELAINE_PUBLIC_URL if not given, else http://127.0.0.1:8470.")
    private @Nullable String server;

    /** The command at this desk. */
    public ConsoleLinkCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        ServeSettings settings = new ServeSettings(desk.settings());
        URI address =
                server == null ? settings.publicUrl().orElse(USUAL) : ServeSettings.origin("--server", server.strip());
        ConsoleSignIn.Link link =
                ConsoleSignIn.link(desk.vault(), address, desk.actor(), subject, RoleNames.parse(roles));
        Map<String, String> forScripts = new LinkedHashMap<>();
        forScripts.put("url", link.url());
        forScripts.put("expires_at", link.expiresAt().toString());
        return answer.give(forScripts, out -> out.println(link.url()));
    }
}
