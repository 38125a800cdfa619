package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.token.TokenKey;
import dev.chatelaine.vault.token.TokenKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rotate token-keys}. */
@Command(
        name = "token-keys",
        mixinStandardHelpOptions = true,
        header = "Sign tokens with a new key from now on.",
        description = {
            "Tokens that `chatelaine token` signed before stay good until they expire, unless --revoke voids them all.",
            "A served instance knows of it with its next request."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine rotate token-keys", "  chatelaine rotate token-keys --revoke"})
final class RotateTokenKeys implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Option(
            names = "--revoke",
            description = "Forget every other key: all tokens signed so far are refused at once, whoever has them.")
    private boolean revoke;

    RotateTokenKeys(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        TokenKeys keys = desk.vaultToChange().tokenKeys();
        TokenKey signing = revoke ? keys.revoke(desk.actor()) : keys.rotate(desk.actor());
        Map<String, Object> forScripts = new LinkedHashMap<>();
        forScripts.put("key_id", signing.id());
        forScripts.put("created_at", signing.createdAt().toString());
        forScripts.put("revoked", revoke);
        return answer.give(
                forScripts,
                out -> out.println(
                        revoke
                                ? "Revoked every token signed so far: " + signing.id() + " signs now."
                                : "Rotated the key that signs tokens: " + signing.id()
                                        + " signs now. Tokens that are out stay good until they expire."));
    }
}
