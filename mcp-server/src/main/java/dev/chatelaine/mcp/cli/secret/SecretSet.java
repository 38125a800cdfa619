package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.TakesValue;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import dev.chatelaine.mcp.cli.desk.ValueInput;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secret set NAME}: stores a value under a new name, or as the next version of a secret that is there. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        header = "Store a secret's value: a new secret, or a new version of one.",
        description = {
            "At a terminal the value is asked for and not shown; a value of fewer than 16 characters is asked for twice."
                    + " Otherwise it is read from standard input as it is, but for one line break at its end. It is"
                    + " never an argument: arguments are seen by other users and kept by the shell's history.",
            "A name that begins with provider_key_ holds that provider's key, for example provider_key_openai."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine secret set stripe_live --description Payments",
            "  chatelaine secret set tls_key --raw < key.pem",
            "  pass show reports | chatelaine secret set reports_db --category database"
        })
final class SecretSet implements Callable<Integer>, TakesValue {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "1 to 128 letters, digits, _, . and -.")
    private String name = "";

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            description = "api_key (if none is given), api, llm_provider, database or custom.")
    private @Nullable String category;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for, up to 500 characters.")
    private @Nullable String description;

    @Option(names = "--raw", description = "Keep a line break at the end of standard input.")
    private boolean raw;

    SecretSet(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        SecretName checked = SecretName.of(name);
        Category asked = category == null ? null : Category.of(category);
        Description described = description == null ? null : Description.of(description);
        Secrets secrets = desk.vaultToChange().secrets();
        SecretValue value = new ValueInput(desk.surroundings()).take(name, raw, "chatelaine secret set " + name);
        Optional<SecretMetadata> before = find(secrets, checked);
        SecretMetadata stored = before.isPresent()
                ? secrets.update(desk.actor(), checked, new SecretChange(value, described, asked))
                : secrets.create(
                        desk.actor(),
                        new NewSecret(checked, asked, described == null ? Description.NONE : described, value));
        return answer(before.orElse(null), stored);
    }

    private Optional<SecretMetadata> find(Secrets secrets, SecretName checked) {
        try {
            return Optional.of(secrets.get(desk.actor(), checked));
        } catch (VaultException e) {
            if (e.code() == ErrorCode.SECRET_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private int answer(@Nullable SecretMetadata before, SecretMetadata stored) {
        Map<String, @Nullable Object> answered = new LinkedHashMap<>(
                desk.call(ToolCall.secrets("get").with("name", stored.name().value())));
        answered.put("action", before == null ? "create" : "update");
        Facts secret = SecretText.secret(answered);
        String did = before == null
                ? "Stored "
                : before.version() == stored.version()
                        ? "This is the present value already: "
                        : "Replaced the value of ";
        return answer.give(answered, out -> out.println(did + SecretText.named(secret) + "."));
    }
}
