package dev.chatelaine.mcp.console;

import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretName;
import java.util.List;

/** A tenant that is lived in, with nothing in it that could be real. */
final class Furnishings {
    private final Vault vault;
    private final Actor owner;

    private Furnishings(ServedConsole console) {
        this.vault = console.vault();
        this.owner = console.owner();
    }

    static void put(ServedConsole console) {
        Furnishings furnishings = new Furnishings(console);
        furnishings.secrets();
        furnishings.configurations();
        console.replace("billing-db", "example-value-not-real-0002");
        console.vault().secretHistory().delete(console.owner(), new SecretName("old-relay"));
    }

    private void secrets() {
        secret("billing-db", Category.DATABASE, "PostgreSQL of the billing service", "example-value-not-real-0001");
        secret("ci-deploy-token", Category.API, "For the deployment pipeline", "example-value-not-real-0003");
        secret("geocoder", Category.API_KEY, "", "example-value-not-real-0004");
        secret("old-relay", Category.CUSTOM, "Outgoing mail until spring", "example-value-not-real-0005");
        secret("smtp-relay", Category.CUSTOM, "Outgoing mail; see the runbook", "example-value-not-real-0006");
        secret("provider_key_openai", Category.LLM_PROVIDER, "", "sk-example-not-a-real-key-00000000aaaa");
        secret("provider_key_anthropic", Category.LLM_PROVIDER, "", "sk-ant-example-not-a-real-key-0000bbbb");
    }

    private void configurations() {
        configuration("main", "openai", "gpt-4.1", List.of("anthropic/claude-sonnet-4-5", "thrifty"));
        configuration("thrifty", "mistral", "mistral-small-latest", List.of());
        vault.llmKeys()
                .set(
                        owner,
                        new ConfigurationName("main"),
                        SecretValue.of("sk-example-not-a-real-key-00000000cccc"),
                        Expected.ANY);
        vault.llmConfigurations().setDefault(owner, new ConfigurationName("main"));
    }

    private void secret(String name, Category category, String description, String value) {
        vault.secrets()
                .create(
                        owner,
                        new NewSecret(
                                new SecretName(name), category, Description.of(description), SecretValue.of(value)));
    }

    private void configuration(String name, String provider, String model, List<String> fallbacks) {
        vault.llmConfigurations()
                .create(
                        owner,
                        new NewConfiguration(
                                new ConfigurationName(name), provider, new ModelName(model), null, fallbacks, false));
    }
}
