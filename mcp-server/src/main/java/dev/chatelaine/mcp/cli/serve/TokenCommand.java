package dev.chatelaine.mcp.cli.serve;

import dev.chatelaine.http.auth.IssuedToken;
import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.TimeSpan;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.serve.Identity;
import dev.chatelaine.mcp.serve.ServeSettings;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token}: lets somebody in whom no identity provider knows. The operator's. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        header = "Sign a token for `serve`, where no identity provider does.",
        description = {
            "The token is printed alone on its line. Whoever has it may do what its roles may, in its tenant, until it"
                    + " expires: hand it over like a password.",
            "Roles: viewer, member, key_manager, admin, owner."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine token --tenant acme --subject ada@acme.example --role member",
            "  chatelaine token --tenant acme --subject ci --role viewer --ttl 30d"
        })
public final class TokenCommand implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Option(names = "--subject", required = true, paramLabel = "NAME", description = "Whom the token names.")
    private String subject = "";

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "What it may do; may be repeated.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "8h",
            converter = TimeSpan.class,
            description = "How long it counts, up to 90d; ${DEFAULT-VALUE} if not given.")
    private Duration ttl = Duration.ZERO;

    /** The command at this desk. */
    public TokenCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        ServeSettings settings = new ServeSettings(desk.settings());
        if (settings.issuer().isPresent()) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD,
                    "The tokens of {} count here, and not the instance's own. Ask that provider for one.",
                    Setting.ISSUER.variable());
        }
        Vault vault = desk.vaultToChange();
        Ids ids = new Ids(desk.surroundings().random());
        IssuedToken issued = Identity.local(
                        settings, vault, ids, desk.surroundings().clock())
                .issue(desk.actor(), subject, RoleNames.parse(roles), ttl);
        Map<String, String> forScripts = new LinkedHashMap<>();
        forScripts.put("token", issued.token());
        forScripts.put("expires_at", issued.expiresAt().toString());
        return answer.give(forScripts, out -> out.println(issued.token()));
    }
}
