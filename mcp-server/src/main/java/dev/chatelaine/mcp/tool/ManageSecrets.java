package dev.chatelaine.mcp.tool;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry.Reason;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.SecretQuery;
import dev.chatelaine.vault.secret.SecretVersion;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code manage_secrets}. Each method checks all arguments before it asks for the vault. */
final class ManageSecrets implements Operation {
    private static final String VALUE = "value";

    private final Supplier<Vault> vault;
    private final boolean readOnly;
    private final boolean inlineDenied;

    ManageSecrets(Supplier<Vault> vault, boolean readOnly, boolean inlineDenied) {
        this.vault = vault;
        this.readOnly = readOnly;
        this.inlineDenied = inlineDenied;
    }

    @Override
    public ToolOutcome perform(Actor actor, Map<String, Object> given) {
        SecretAction action = Action.requested(SecretAction.ALL, readOnly, given);
        Arguments arguments = Arguments.of(given, action);
        return switch (action) {
            case CREATE -> create(actor, arguments);
            case UPDATE -> update(actor, arguments);
            case LIST -> list(actor, arguments);
            case ROLLBACK -> rollback(actor, arguments);
            case GET -> get(actor, name(arguments));
            case DELETE -> delete(actor, name(arguments));
            case RESTORE -> restore(actor, name(arguments));
            case HISTORY -> history(actor, name(arguments));
            case VERIFY -> verify(actor, name(arguments));
        };
    }

    private ToolOutcome create(Actor actor, Arguments arguments) {
        SecretName name = name(arguments);
        Category category = category(arguments);
        Description description = description(arguments);
        EntryRequest entry = EntryRequest.create(name, category, description);
        if (deniedInline(arguments)) {
            return new NeedsEntry(entry, Reason.INLINE_DENIED);
        }
        SecretValue value = value(arguments);
        if (value == null) {
            return new NeedsEntry(entry, Reason.LEFT_OUT);
        }
        NewSecret secret = new NewSecret(name, category, description == null ? Description.NONE : description, value);
        return SecretAnswers.one(SecretAction.CREATE, "Stored", store(actor, secret), Warning.valueSeen(entry));
    }

    /** The provider stands in the secret's name: this tool has no argument for it. */
    private SecretMetadata store(Actor actor, NewSecret secret) {
        try {
            return vault.get().secrets().create(actor, secret);
        } catch (VaultException e) {
            throw e.code() == ErrorCode.PROVIDER_UNKNOWN ? e.withField("name") : e;
        }
    }

    private ToolOutcome update(Actor actor, Arguments arguments) {
        SecretName name = name(arguments);
        Category category = category(arguments);
        Description description = description(arguments);
        EntryRequest entry = EntryRequest.update(name);
        if (deniedInline(arguments)) {
            return new NeedsEntry(entry, Reason.INLINE_DENIED);
        }
        SecretValue value = value(arguments);
        if (value == null && category == null && description == null) {
            return new NeedsEntry(entry, Reason.LEFT_OUT);
        }
        SecretChange change = new SecretChange(value, description, category);
        SecretMetadata updated = vault.get().secrets().update(actor, name, change);
        List<Warning> warnings = value == null ? List.of() : Warning.valueSeen(entry);
        return SecretAnswers.one(SecretAction.UPDATE, "Updated", updated, warnings);
    }

    private Done list(Actor actor, Arguments arguments) {
        Long limit = arguments.positive("limit");
        SecretQuery query = new SecretQuery(
                category(arguments),
                arguments.text("query"),
                arguments.flag("include_deleted"),
                limit == null ? SecretQuery.DEFAULT_LIMIT : (int) Math.min(limit, Integer.MAX_VALUE),
                arguments.text("cursor"));
        return SecretAnswers.page(vault.get().secrets().list(actor, query));
    }

    private Done rollback(Actor actor, Arguments arguments) {
        SecretName name = name(arguments);
        long version = arguments.requiredPositive("version");
        SecretMetadata secret = vault.get().secretHistory().rollback(actor, name, version);
        return SecretAnswers.one(SecretAction.ROLLBACK, "Rolled back to version " + version + ":", secret, List.of());
    }

    private Done get(Actor actor, SecretName name) {
        return SecretAnswers.one(
                SecretAction.GET, "Found", vault.get().secrets().get(actor, name), List.of());
    }

    private Done delete(Actor actor, SecretName name) {
        SecretMetadata secret = vault.get().secretHistory().delete(actor, name);
        return SecretAnswers.one(SecretAction.DELETE, "Deleted", secret, List.of());
    }

    private Done restore(Actor actor, SecretName name) {
        SecretMetadata secret = vault.get().secretHistory().restore(actor, name);
        return SecretAnswers.one(SecretAction.RESTORE, "Restored", secret, List.of());
    }

    private Done history(Actor actor, SecretName nameOrId) {
        List<SecretVersion> versions = vault.get().secretHistory().list(actor, nameOrId);
        return SecretAnswers.history(vault.get().secrets().get(actor, nameOrId).name(), versions);
    }

    private Done verify(Actor actor, SecretName name) {
        return SecretAnswers.verified(vault.get().verifications().secret(actor, name));
    }

    private boolean deniedInline(Arguments arguments) {
        return inlineDenied && arguments.has(VALUE);
    }

    private static SecretName name(Arguments arguments) {
        return SecretName.of(arguments.requiredText("name"));
    }

    private static @Nullable Category category(Arguments arguments) {
        String label = arguments.text("category");
        return label == null ? null : Category.of(label);
    }

    private static @Nullable Description description(Arguments arguments) {
        String text = arguments.text("description");
        return text == null ? null : Description.of(text);
    }

    private static @Nullable SecretValue value(Arguments arguments) {
        String value = arguments.text(VALUE);
        return value == null ? null : SecretValue.of(value);
    }
}
