package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.Input;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.llm.ChangedConfiguration;
import dev.chatelaine.vault.llm.ConfigurationChange;
import dev.chatelaine.vault.llm.ConfigurationList;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import dev.chatelaine.vault.verify.KeyVerifications.VerifiedConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code /api/v1/llm-configs}: the records. Their keys are {@link ConfigurationKeyRoutes}' affair. */
final class ConfigurationRoutes {
    static final String ALL = "/api/v1/llm-configs";
    static final String ONE = ALL + "/{name}";

    private static final int USUAL_LIMIT = 50;
    private static final long NONE_YET = 0;

    private final Vault vault;

    ConfigurationRoutes(Vault vault) {
        this.vault = vault;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", ALL, this::create),
                new Route("GET", ALL, this::list),
                new Route("GET", ONE, this::get),
                new Route("PATCH", ONE, this::update),
                new Route("DELETE", ONE, this::delete),
                new Route("PUT", ONE + "/default", this::setDefault),
                new Route("POST", ONE + "/verify", this::verify));
    }

    private Reply create(Call call) {
        call.query(Set.of());
        Input input = call.body(Set.of("name", "provider", "model", "base_url", "fallbacks", "api_key"));
        refuseKey(input);
        NewConfiguration asked = new NewConfiguration(
                ConfigurationName.of(Objects.requireNonNullElse(input.text("name"), "")),
                input.requiredText("provider"),
                ModelName.of(input.requiredText("model")),
                input.text("base_url"),
                Objects.requireNonNullElse(input.texts("fallbacks"), List.of()),
                false);
        call.expected().check(NONE_YET);
        LlmConfiguration created = vault.llmConfigurations().create(call.actor(), asked);
        return Reply.created(ConfigurationViews.configuration(created), created.revision());
    }

    private Reply list(Call call) {
        Parameters query = Parameters.of(call, "limit", "cursor");
        ConfigurationList all = vault.llmConfigurations().list(call.actor());
        return Reply.ok(ConfigurationPage.of(all, query.number("limit", USUAL_LIMIT), query.text("cursor"))
                .view(all));
    }

    private Reply get(Call call) {
        call.bare();
        LlmConfiguration found = vault.llmConfigurations().get(call.actor(), name(call));
        call.expected().check(found.revision());
        ConfigurationList all = vault.llmConfigurations().list(call.actor());
        return Reply.ok(ConfigurationViews.configuration(found, all.inEffect()), found.revision());
    }

    private Reply update(Call call) {
        call.query(Set.of());
        Input input = call.body(Set.of("name", "provider", "model", "base_url", "fallbacks", "api_key"));
        refuseKey(input);
        String name = input.text("name");
        String model = input.text("model");
        ConfigurationChange change = new ConfigurationChange(
                name == null ? null : ConfigurationName.of(name),
                input.text("provider"),
                model == null ? null : ModelName.of(model),
                input.text("base_url"),
                input.texts("fallbacks"));
        ChangedConfiguration changed =
                vault.llmConfigurations().update(call.actor(), name(call), change, call.expected());
        return Reply.ok(view(changed), changed.configuration().revision());
    }

    private Reply delete(Call call) {
        call.bare();
        ConfigurationName name = name(call);
        vault.llmConfigurations().delete(call.actor(), name, call.expected());
        return Reply.ok(Map.of("name", name.value(), "deleted", true));
    }

    private Reply setDefault(Call call) {
        call.bare();
        LlmConfiguration made = vault.llmConfigurations().setDefault(call.actor(), name(call), call.expected());
        return Reply.ok(ConfigurationViews.configuration(made), made.revision());
    }

    private Reply verify(Call call) {
        call.bare();
        call.expected()
                .check(vault.llmConfigurations().get(call.actor(), name(call)).revision());
        VerifiedConfiguration verified = vault.verifications().configuration(call.actor(), name(call));
        return Reply.ok(
                Map.of("status", verified.status().label()),
                verified.configuration().revision());
    }

    private static Map<String, Object> view(ChangedConfiguration changed) {
        Map<String, Object> view = ConfigurationViews.configuration(changed.configuration());
        if (changed.keyDetached()) {
            view.put(
                    "warnings",
                    List.of(Map.of(
                            "code",
                            "key_detached",
                            "message",
                            "The key was entered for another provider or host and was removed. Set it again.")));
        }
        return view;
    }

    static ConfigurationName name(Call call) {
        return ConfigurationName.of(call.path("name"));
    }

    /** Whatever it holds, it is not read. */
    private static void refuseKey(Input input) {
        if (input.has("api_key")) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "A configuration's record holds no key. Nothing was stored. Set the key apart, once the"
                                    + " record exists.")
                    .withField("api_key")
                    .withNext("PUT " + ONE + "/key");
        }
    }
}
