package dev.chatelaine.http.console;

import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.signin.ConsoleSession;
import dev.chatelaine.vault.signin.Membership;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the console is told of a session.
 *
 * @param openId whether people sign in by an organisation's provider, too
 * @param readOnly whether nothing can be changed
 */
record SessionView(boolean openId, boolean readOnly) {
    Map<String, Object> of(ConsoleSession session) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("subject", session.subject());
        document.put("tenant", session.tenant().value());
        document.put(
                "tenants",
                session.memberships().stream().map(SessionView::tenant).toList());
        document.put("permissions", permissions(session));
        document.put("expires_at", time(session.expiresAt()));
        document.put("sign_in", options());
        document.put("read_only", readOnly);
        return document;
    }

    /** The same for somebody who has just signed in, with where they go. */
    Map<String, Object> of(ConsoleSession session, OwnPath next) {
        Map<String, Object> document = of(session);
        document.put("next", next.text());
        return document;
    }

    Map<String, Object> options() {
        return Map.of("openid", openId);
    }

    private static Map<String, Object> tenant(Membership membership) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tenant", membership.tenant().value());
        document.put(
                "roles", membership.roles().stream().sorted().map(Role::label).toList());
        return document;
    }

    private static List<String> permissions(ConsoleSession session) {
        return Arrays.stream(Permission.values())
                .filter(session.actor()::may)
                .map(Permission::label)
                .toList();
    }

    private static String time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
