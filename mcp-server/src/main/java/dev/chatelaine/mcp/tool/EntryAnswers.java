package dev.chatelaine.mcp.tool;

import static dev.chatelaine.mcp.tool.Facts.quoted;
import static dev.chatelaine.mcp.tool.Facts.time;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.EntryTicket;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.secret.SecretName;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call answers whose value a person enters. */
public final class EntryAnswers {
    private EntryAnswers() {}

    /** The page is open, and the assistant is to show the person its link. */
    public static Done link(EntryTicket ticket, URI url) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("url", url.toString());
        entry.put("expires_at", time(ticket.expiresAt()));
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put(Action.FIELD, action(ticket));
        structured.put("entry", entry);
        String text = "Nothing is stored yet: the person enters the value of " + quoted(ticket.name())
                + " on a page that you do not see. Show them this link, and do not open it yourself: " + url
                + "\nIt works once, until " + time(ticket.expiresAt())
                + ". Never ask for the value in the conversation. When they say it is done, call get for "
                + quoted(ticket.name()) + " to see it.";
        return new Done(structured, text);
    }

    /** The person has entered it: what there is now. */
    public static ToolOutcome stored(Vault vault, Actor actor, EntryTicket ticket) {
        try {
            return switch (ticket.purpose()) {
                case CREATE_SECRET -> secret(SecretAction.CREATE, "Stored", vault, actor, ticket);
                case UPDATE_SECRET -> secret(SecretAction.UPDATE, "Updated", vault, actor, ticket);
                case SET_KEY ->
                    ConfigurationAnswers.one(
                            ConfigurationAction.SET_KEY,
                            "Set the key of",
                            vault.llmConfigurations().get(actor, new ConfigurationName(ticket.name())),
                            List.of());
            };
        } catch (VaultException e) {
            return Failures.of(e);
        }
    }

    /** The person does not want to. */
    public static Failed declined(EntryTicket ticket) {
        return Failures.of(new VaultException(
                ErrorCode.ENTRY_DECLINED,
                "The person declined to enter the value of {}, and nothing was stored. Ask them how they want to go on.",
                ticket.name()));
    }

    /** Nobody entered it in time. */
    public static Failed expired(EntryTicket ticket) {
        return Failures.of(new VaultException(
                ErrorCode.ENTRY_EXPIRED,
                "Nobody entered the value of {} in time, and nothing was stored. Make the call again when the person is"
                        + " ready.",
                ticket.name()));
    }

    /** The page could not be opened for a reason that the vault gave. */
    public static Failed refused(VaultException e) {
        return Failures.of(e);
    }

    /** A value from an assistant is refused here; the page is the way. */
    public static Failed denied(EntryRequest request, EntryTicket ticket, URI url) {
        return Failures.of(new VaultException(
                        ErrorCode.INLINE_VALUE_DENIED,
                        "No value from an assistant is taken here, and nothing was stored. This one was in the"
                                + " conversation: advise the person to replace it at its source. They enter the new one"
                                + " on the page in next, which works once, until {}: show them the link. When they say"
                                + " it is done, check with get.",
                        time(ticket.expiresAt()))
                .withField(EntryCommand.field(request))
                .withNext(url.toString()));
    }

    private static Done secret(SecretAction action, String did, Vault vault, Actor actor, EntryTicket ticket) {
        return SecretAnswers.one(action, did, vault.secrets().get(actor, new SecretName(ticket.name())), List.of());
    }

    private static String action(EntryTicket ticket) {
        return switch (ticket.purpose()) {
            case CREATE_SECRET -> SecretAction.CREATE.label();
            case UPDATE_SECRET -> SecretAction.UPDATE.label();
            case SET_KEY -> ConfigurationAction.SET_KEY.label();
        };
    }
}
