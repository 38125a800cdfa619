package dev.chatelaine.mcp.cli.session;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.runtime.Credentials;
import dev.chatelaine.mcp.serve.Identity;
import dev.chatelaine.mcp.serve.ServeSettings;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whose session it is: of the token that the settings have, or of the local user, for whom the vault here signs one each
 * time, which counts for a moment only.
 */
record Person(Desk desk) implements Supplier<Credentials> {
    private static final Duration MOMENT = Duration.ofMinutes(2);
    private static final Set<Role> ROLES = Set.of(Role.MEMBER);

    @Override
    public Credentials get() {
        Settings settings = desk.settings();
        Optional<String> given = settings.given(Setting.TOKEN).map(String::strip);
        if (given.isEmpty()) {
            return new Credentials(signed(settings), null);
        }
        if (!Credentials.isToken(given.get())) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD, "CHATELAINE_TOKEN is no bearer token. Nothing was started.");
        }
        boolean chosen = settings.source(Setting.TENANT) != Settings.Source.DEFAULT;
        return new Credentials(given.get(), chosen ? settings.tenant().value() : null);
    }

    private String signed(Settings settings) {
        ServeSettings serving = new ServeSettings(settings);
        if (serving.issuer().isPresent()) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "The tokens of {} count here, and not the instance's own. Nothing was started.",
                            Setting.ISSUER.variable())
                    .withNext("Set CHATELAINE_TOKEN to one of that provider's.");
        }
        try {
            Vault vault = desk.vaultToChange();
            Ids ids = new Ids(desk.surroundings().random());
            return Identity.local(serving, vault, ids, desk.surroundings().clock())
                    .issue(desk.actor(), desk.actor().subject(), ROLES, MOMENT)
                    .token();
        } finally {
            // A child may live long, and needs no vault here.
            desk.close();
        }
    }
}
