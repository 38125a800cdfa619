package dev.chatelaine.mcp.tool;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry.Reason;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.llm.ChangedConfiguration;
import dev.chatelaine.vault.llm.ConfigurationChange;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code configure_llm}. Each method checks all arguments before it asks for the vault. */
final class ConfigureLlm implements Operation {
    private static final String API_KEY = "api_key";

    private final Supplier<Vault> vault;
    private final boolean readOnly;
    private final boolean inlineDenied;

    ConfigureLlm(Supplier<Vault> vault, boolean readOnly, boolean inlineDenied) {
        this.vault = vault;
        this.readOnly = readOnly;
        this.inlineDenied = inlineDenied;
    }

    @Override
    public ToolOutcome perform(Actor actor, Map<String, Object> given) {
        ConfigurationAction action = Action.requested(ConfigurationAction.ALL, readOnly, given);
        Arguments arguments = Arguments.of(given, action);
        return switch (action) {
            case CREATE -> create(actor, arguments);
            case LIST ->
                ConfigurationAnswers.all(vault.get().llmConfigurations().list(actor));
            case UPDATE -> update(actor, arguments);
            case SET_KEY -> setKey(actor, arguments);
            case GET -> get(actor, name(arguments));
            case DELETE -> delete(actor, name(arguments));
            case SET_DEFAULT -> setDefault(actor, name(arguments));
            case REMOVE_KEY -> removeKey(actor, name(arguments));
            case VERIFY -> verify(actor, name(arguments));
        };
    }

    private Done create(Actor actor, Arguments arguments) {
        List<String> fallbacks = arguments.texts("fallbacks");
        NewConfiguration asked = new NewConfiguration(
                name(arguments),
                arguments.requiredText("provider"),
                ModelName.of(arguments.requiredText("model")),
                arguments.text("base_url"),
                fallbacks == null ? List.of() : fallbacks,
                arguments.flag("make_default"));
        LlmConfiguration created = vault.get().llmConfigurations().create(actor, asked);
        return ConfigurationAnswers.one(ConfigurationAction.CREATE, "Created", created, List.of());
    }

    private Done update(Actor actor, Arguments arguments) {
        ConfigurationName name = name(arguments);
        String model = arguments.text("model");
        ConfigurationChange change = new ConfigurationChange(
                newName(arguments),
                arguments.text("provider"),
                model == null ? null : ModelName.of(model),
                arguments.text("base_url"),
                arguments.texts("fallbacks"));
        ChangedConfiguration changed = vault.get().llmConfigurations().update(actor, name, change);
        return ConfigurationAnswers.one(
                ConfigurationAction.UPDATE,
                "Updated",
                changed.configuration(),
                Warning.keyDetached(changed.keyDetached()));
    }

    private ToolOutcome setKey(Actor actor, Arguments arguments) {
        ConfigurationName name = name(arguments);
        EntryRequest entry = EntryRequest.setKey(name);
        if (inlineDenied && arguments.has(API_KEY)) {
            return new NeedsEntry(entry, Reason.INLINE_DENIED);
        }
        SecretValue key = key(arguments);
        if (key == null) {
            return new NeedsEntry(entry, Reason.LEFT_OUT);
        }
        LlmConfiguration configuration = vault.get().llmKeys().set(actor, name, key);
        return ConfigurationAnswers.one(
                ConfigurationAction.SET_KEY, "Set the key of", configuration, Warning.valueSeen(entry));
    }

    private Done get(Actor actor, ConfigurationName name) {
        LlmConfiguration configuration = vault.get().llmConfigurations().get(actor, name);
        return ConfigurationAnswers.found(
                configuration, vault.get().llmConfigurations().list(actor).inEffect());
    }

    private Done delete(Actor actor, ConfigurationName name) {
        vault.get().llmConfigurations().delete(actor, name);
        return ConfigurationAnswers.deleted(name);
    }

    private Done setDefault(Actor actor, ConfigurationName name) {
        LlmConfiguration configuration = vault.get().llmConfigurations().setDefault(actor, name);
        return ConfigurationAnswers.one(
                ConfigurationAction.SET_DEFAULT, "In effect by default from now on:", configuration, List.of());
    }

    private Done removeKey(Actor actor, ConfigurationName name) {
        LlmConfiguration configuration = vault.get().llmKeys().remove(actor, name);
        return ConfigurationAnswers.one(
                ConfigurationAction.REMOVE_KEY, "Without a key of its own now:", configuration, List.of());
    }

    private Done verify(Actor actor, ConfigurationName name) {
        return ConfigurationAnswers.verified(vault.get().verifications().configuration(actor, name));
    }

    private static ConfigurationName name(Arguments arguments) {
        return ConfigurationName.of(arguments.requiredText("name"));
    }

    private static @Nullable ConfigurationName newName(Arguments arguments) {
        String name = arguments.text("new_name");
        try {
            return name == null ? null : ConfigurationName.of(name);
        } catch (VaultException e) {
            throw e.withField("new_name");
        }
    }

    private static @Nullable SecretValue key(Arguments arguments) {
        String key = arguments.text(API_KEY);
        try {
            return key == null ? null : SecretValue.of(key);
        } catch (VaultException e) {
            throw e.withField(API_KEY);
        }
    }
}
