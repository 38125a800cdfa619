package dev.chatelaine.vault.session;

import static dev.chatelaine.vault.TestSessions.given;
import static dev.chatelaine.vault.TestSessions.keys;
import static dev.chatelaine.vault.TestSessions.with;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a session is given for the model that it asks for. */
class SessionModelTest {
    private static final ModelChoice GPT = ModelChoice.of("openai", "gpt-4.1-mini", null);
    private static final String OPENAI = "https://api.openai.com/v1";

    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);

    @Test
    void whatCannotBeAModelIsRefusedAndSaysWhatIsWrongWithIt() {
        assertRefused(ErrorCode.PROVIDER_UNKNOWN, "llm.vendor", ModelChoice.of("nobody", "m", null));
        assertRefused(ErrorCode.BASE_URL_REQUIRED, "llm.base_url", ModelChoice.of("custom", "m", null));
        assertRefused(
                ErrorCode.BASE_URL_REFUSED, "llm.base_url", ModelChoice.of("openai", "m", "https://169.254.169.254/"));
        assertRefused(ErrorCode.BASE_URL_REFUSED, "llm.base_url", ModelChoice.of("openai", "m", "http://a.example"));
        assertThat(refusal(() -> ModelChoice.of("openai", "a model", null)).field())
                .isEqualTo("llm.model");
        assertThat(test.rows("SELECT id FROM sessions")).isEmpty();
    }

    @Test
    void withoutAnyKeyForItThereIsNoSession() {
        bench.create("bot", "A", "value");

        assertRefused(ErrorCode.LLM_KEY_MISSING, "llm", GPT, "bot");
        assertThat(test.rows("SELECT id FROM sessions")).isEmpty();
    }

    @Test
    void theTenantsOwnKeyIsItsAndGoesBeforeTheBundles() {
        test.create("provider_key_openai", "sk-own");
        bench.create("bot", "LLM_API_KEY", "sk-bundle", "LLM_MODEL", "other", "LLM_BASE_URL", "https://x", "A", "a");
        bench.create("able", "LLM_API_KEY", "sk-second", "LLM_MODEL", "third");

        StartedSession started = bench.start(with(GPT, Map.of(), "bot", "able"));

        assertThat(bench.env(started))
                .isEqualTo(
                        given("A", "a", "LLM_API_KEY", "sk-own", "LLM_BASE_URL", OPENAI, "LLM_MODEL", "gpt-4.1-mini"));
        assertThat(bench.environment(started).llm()).isEqualTo(GPT);
        assertThat(started.session().llm()).isEqualTo(GPT);
        change("provider_key_openai", "sk-new");
        assertThat(bench.env(started)).containsEntry(keys("LLM_API_KEY").get(0), SecretValue.of("sk-new"));
        assertThat(bench.missed(started, 1)).isEqualTo(new Missed(2, keys("LLM_API_KEY")));
        bench.replace("bot", "LLM_API_KEY", "sk-later", "LLM_MODEL", "later", "A", "a");
        assertThat(bench.environment(started).revision()).isEqualTo(2);
    }

    @Test
    void aBundlesKeyIsItsWhereTheTenantHasNone() {
        bench.create("bot", "LLM_API_KEY", "sk-bundle", "LLM_MODEL", "other");

        StartedSession started = bench.start(with(GPT, Map.of(), "bot"));

        assertThat(bench.env(started))
                .isEqualTo(given("LLM_API_KEY", "sk-bundle", "LLM_BASE_URL", OPENAI, "LLM_MODEL", "gpt-4.1-mini"));
        bench.replace("bot", "LLM_API_KEY", "sk-later", "LLM_MODEL", "later");
        assertThat(bench.env(started))
                .isEqualTo(given("LLM_API_KEY", "sk-later", "LLM_BASE_URL", OPENAI, "LLM_MODEL", "gpt-4.1-mini"));
    }

    @Test
    void twoBundlesKeysAreACollisionWhereTheTenantHasNone() {
        bench.create("bot", "LLM_API_KEY", "sk-one");
        bench.create("able", "LLM_API_KEY", "sk-two");

        assertRefused(ErrorCode.KEY_COLLISION, "secrets", GPT, "bot", "able");
    }

    @Test
    void aPlanWithoutOwnKeysDoesNotUseThem() {
        test.create("provider_key_openai", "sk-own");
        test.downgrade();
        bench.create("bot", "LLM_API_KEY", "sk-bundle");

        assertRefused(ErrorCode.LLM_KEY_MISSING, "llm", GPT);
        assertThat(bench.env(bench.start(with(GPT, Map.of(), "bot"))))
                .containsEntry(keys("LLM_API_KEY").get(0), SecretValue.of("sk-bundle"));
    }

    @Test
    void aSingleSecretGoesBeforeTheTenantsOwnKeyAndCollidesWithTheModel() {
        test.create("provider_key_openai", "sk-own");
        test.create("mine", "sk-mine");

        StartedSession started = bench.start(with(GPT, Map.of("LLM_API_KEY", "mine")));

        assertThat(bench.env(started)).containsEntry(keys("LLM_API_KEY").get(0), SecretValue.of("sk-mine"));
        change("provider_key_openai", "sk-other");
        assertThat(bench.environment(started).revision()).isEqualTo(1);
        VaultException refused = refusal(() -> bench.start(with(GPT, Map.of("LLM_MODEL", "mine"))));
        assertThat(refused.code()).isEqualTo(ErrorCode.KEY_COLLISION);
        assertThat(refused.text()).contains("LLM_MODEL", "llm", "secret_refs");
    }

    @Test
    void aVendorThatTakesAnyKeyNeedsNoneAndTakesOneThatComesLater() {
        bench.create("bot", "A", "a");
        ModelChoice own = ModelChoice.of("custom", "m", "HTTPS://LLM.example.com:443/v1/");

        StartedSession started = bench.start(with(own, Map.of(), "bot"));

        assertThat(bench.env(started))
                .isEqualTo(given("A", "a", "LLM_BASE_URL", "https://llm.example.com/v1", "LLM_MODEL", "m"));
        assertThat(started.session().llm()).isEqualTo(ModelChoice.of("custom", "m", "https://llm.example.com/v1"));
        bench.replace("bot", "A", "a", "LLM_API_KEY", "any");
        assertThat(bench.env(started)).containsEntry(keys("LLM_API_KEY").get(0), SecretValue.of("any"));
    }

    @Test
    void anAliasIsTheVendorItself() {
        test.create("provider_key_gemini", "AIzaOwn");

        StartedSession started = bench.start(with(ModelChoice.of("Gemini", "m", null), Map.of()));

        ModelChoice llm = started.session().llm();
        assertThat(llm == null ? "" : llm.vendor()).isEqualTo("google");
        assertThat(bench.env(started)).containsEntry(keys("LLM_API_KEY").get(0), SecretValue.of("AIzaOwn"));
    }

    private void change(String name, String value) {
        test.vault().secrets().update(OWNER, new SecretName(name), new SecretChange(SecretValue.of(value), null, null));
    }

    private void assertRefused(ErrorCode code, @Nullable String field, ModelChoice llm, String... bundles) {
        VaultException refused = refusal(() -> bench.start(with(llm, Map.of(), bundles)));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo(field);
    }
}
