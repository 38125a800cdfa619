package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.json.Input;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.session.ModelChoice;
import dev.chatelaine.vault.session.NewSession;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the session that a body asks for. */
final class NewSessionBody {
    private static final Set<String> FIELDS = Set.of("agent", "template", "llm", "secrets", "secret_refs", "user_id");

    private NewSessionBody() {}

    static NewSession of(Call call) {
        Input input = call.body(FIELDS);
        return new NewSession(
                agent(input), input.text("template"), model(input), bundles(input), refs(input), input.text("user_id"));
    }

    private static String agent(Input input) {
        Input agent = input.object("agent", Set.of("kind"));
        if (agent == null) {
            throw FieldNames.refused("agent", "This is required.");
        }
        return agent.requiredText("kind");
    }

    private static @Nullable ModelChoice model(Input input) {
        Input llm = input.object("llm", Set.of("vendor", "model", "base_url"));
        return llm == null
                ? null
                : ModelChoice.of(llm.requiredText("vendor"), llm.requiredText("model"), llm.text("base_url"));
    }

    private static List<BundleName> bundles(Input input) {
        try {
            return Objects.requireNonNullElse(input.texts("secrets"), List.<String>of()).stream()
                    .map(BundleName::of)
                    .toList();
        } catch (VaultException e) {
            throw e.withField("secrets");
        }
    }

    private static SortedMap<KeyName, SecretName> refs(Input input) {
        SortedMap<KeyName, SecretName> refs = new TreeMap<>();
        try {
            input.textsByName("secret_refs").forEach((key, name) -> refs.put(new KeyName(key), SecretName.of(name)));
        } catch (VaultException e) {
            throw e.withField("secret_refs");
        }
        return refs;
    }
}
