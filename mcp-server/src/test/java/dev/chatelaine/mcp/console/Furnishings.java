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
import dev.chatelaine.vault.session.ModelChoice;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        GatewayInUse.put(console);
        furnishings.secrets();
        furnishings.configurations();
        furnishings.sessions(new LivedIn(console));
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

    private void sessions(LivedIn here) {
        here.bundle("billing-agent", values("BILLING_DB_URL", "STRIPE_KEY", "STRIPE_WEBHOOK_SECRET", "TAX_API_KEY"));
        here.bundle("github-bot", values("GITHUB_APP_KEY", "GITHUB_TOKEN"));
        here.bundle("search", values("SEARCH_TOKEN"));
        here.replace("github-bot", values("GITHUB_APP_KEY", "GITHUB_TOKEN"));
        here.stop(here.start("nightly-report", "billing-agent"));
        here.start("triage-bot", "github-bot");
        ModelChoice model = ModelChoice.of("anthropic", "claude-sonnet-4-5", null);
        here.start("claude-code", model, "grace@acme.example", "billing-agent", "github-bot");
    }

    private static Map<String, String> values(String... keys) {
        return Stream.of(keys).collect(Collectors.toMap(key -> key, key -> "example-value-not-real"));
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
