package dev.chatelaine.http.entry;

import dev.chatelaine.vault.entry.Awaited;
import dev.chatelaine.vault.entry.EntryTicket;
import dev.chatelaine.vault.entry.EntryView;
import dev.chatelaine.vault.entry.Purpose;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an entry page says of its ticket: for the template, which escapes all of it, and as a document. */
final class EntryText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private EntryText() {}

    static Map<String, Object> facts(EntryView view) {
        EntryTicket ticket = view.ticket();
        Awaited present = view.present();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("label", present.provider() == null ? "Value" : "API key");
        facts.put("name", present.name());
        facts.put("tenant", ticket.tenant().value());
        facts.put("subject", ticket.subject());
        facts.put("for_secret", ticket.purpose() != Purpose.SET_KEY);
        facts.put("for_key", ticket.purpose() == Purpose.SET_KEY);
        facts.put("one_line", present.provider() != null);
        facts.put("expires_at", ticket.expiresAt().toString());
        facts.put("expires", MINUTE.format(ticket.expiresAt()));
        facts.put("becomes", becomes(ticket.purpose(), present));
        put(facts, "client", ticket.client());
        put(facts, "description", view.description());
        put(facts, "provider", present.provider());
        put(facts, "endpoint", origin(present.endpoint()));
        put(facts, "keys_url", present.keysUrl());
        return facts;
    }

    /** The same for the page's script, which keeps what was typed while it asks. */
    static Map<String, Object> document(EntryView view, String token) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("token", token);
        document.put("name", view.present().name());
        document.put("tenant", view.ticket().tenant().value());
        document.put("purpose", view.ticket().purpose().label());
        document.put("expires_at", view.ticket().expiresAt().toString());
        document.put("changed", view.changed());
        document.put("revision", view.present().revision());
        put(document, "changed_at", text(view.present().changedAt()));
        put(document, "endpoint", origin(view.present().endpoint()));
        return document;
    }

    private static String becomes(Purpose purpose, Awaited present) {
        if (purpose == Purpose.SET_KEY) {
            return "the key of this LLM configuration, in place of any that it has";
        }
        return present.recordId() == null ? "a new secret" : "version " + (present.revision() + 1) + " of this secret";
    }

    /** Where a key goes: a path says nothing more to a person. */
    private static @Nullable String origin(@Nullable URI endpoint) {
        return endpoint == null ? null : endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static void put(Map<String, Object> facts, String name, @Nullable Object fact) {
        if (fact != null) {
            facts.put(name, fact.toString());
        }
    }
}
