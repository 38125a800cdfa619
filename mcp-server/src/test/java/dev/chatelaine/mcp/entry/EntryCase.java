package dev.chatelaine.mcp.entry;

import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.mcp.console.ConsoleCase;
import dev.chatelaine.mcp.console.ServedConsole;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.SecretName;
import java.net.URI;
import java.util.Set;

/** Tickets on an instance at which the person has signed in. */
abstract class EntryCase extends ConsoleCase {
    static final String ASSISTANT = "Claude Desktop 1.4";

    EntryScreen screen() {
        return new EntryScreen(browser);
    }

    void signIn() {
        console.signIn(browser, Role.ADMIN);
    }

    /** The page on which a new secret is entered. */
    URI pageFor(String name) {
        return page(EntryRequest.create(new SecretName(name), null, null));
    }

    URI pageForNext(String name) {
        return page(EntryRequest.update(new SecretName(name)));
    }

    URI page(EntryRequest request) {
        return page(ServedConsole.SUBJECT, ASSISTANT, request);
    }

    URI page(String subject, String client, EntryRequest request) {
        Actor asker = new Actor(subject, ServedConsole.ACME, Set.of(Role.ADMIN), Channel.MCP, client);
        String secret = console.vault()
                .entryTickets()
                .open(asker, EntryPage.CONSOLE, request)
                .secret();
        return URI.create(console.address() + EntryRoutes.path(secret));
    }

    /** The page of a database's password, as an assistant asks for it. */
    URI described(String name, String description) {
        return page(EntryRequest.create(new SecretName(name), Category.DATABASE, Description.of(description)));
    }

    /** Makes the ticket of a page stale: somebody else stores another value. */
    EntryScreen inConflict(String name, String typed) {
        console.store(name, "example-value-0001", "");
        EntryScreen screen = screen().open(pageForNext(name)).type(typed);
        console.replace(name, "example-theirs-0002");
        screen.store();
        browser.awaitText("Somebody changed it since this page was opened");
        return screen;
    }
}
