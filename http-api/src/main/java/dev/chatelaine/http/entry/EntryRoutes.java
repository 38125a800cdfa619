package dev.chatelaine.http.entry;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Form;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.http.server.Visit;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.entry.EntryTicket;
import dev.chatelaine.vault.entry.EntryTickets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /entry/{ticket}}: a GET shows the form and changes nothing, a POST of the form stores the value. Both answer
 * with a page, or with JSON to a script that asks for it.
 */
public final class EntryRoutes {
    private static final String PAGE = "/entry/{ticket}";
    private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");

    private final EntryTickets tickets;
    private final Person person;
    private final EntryPages pages = new EntryPages();

    private EntryRoutes(EntryTickets tickets, Person person) {
        this.tickets = tickets;
        this.person = person;
    }

    /** The address of a ticket's page, below a server's own. */
    public static String path(String ticketSecret) {
        return "/entry/" + ticketSecret;
    }

    /** A page that asks for itself again, so that the request comes from this site. */
    public static Reply again() {
        return Reply.page(200, EntryFiles.read("again.html"));
    }

    /** The routes of these tickets for the one in front of the page, with the files that the page is made of. */
    public static List<Route> of(EntryTickets tickets, Person person) {
        EntryRoutes routes = new EntryRoutes(tickets, person);
        return List.of(
                Route.page("GET", PAGE, routes::show),
                Route.page("POST", PAGE, routes::store),
                Route.open("GET", EntryFiles.PATH, new EntryFiles()));
    }

    private Reply show(Call call) {
        call.bare();
        Visit visit = call.visit();
        Actor actor = actor(call);
        if (actor == null) {
            return person.stranger(visit, path(ticket(call)));
        }
        try {
            return visit.wantsJson()
                    ? Reply.ok(EntryText.document(tickets.look(actor, person.page(), ticket(call)), token(call)))
                    : form(call, actor, null);
        } catch (VaultException e) {
            return refused(visit, actor, e);
        }
    }

    private Reply store(Call call) {
        call.query(Set.of());
        Form form = call.form(Set.of("token", "value", "replacing"));
        Visit visit = call.visit();
        Actor actor = actor(call);
        if (actor == null) {
            return person.stranger(visit, path(ticket(call)));
        }
        if (visit.forgeable()) {
            throw new ProblemException(HttpProblem.ORIGIN_REFUSED);
        }
        if (!FormToken.isRight(form.text("token").orElse(""), person.formKey(visit), ticket(call))) {
            throw new ProblemException(HttpProblem.FORM_REFUSED);
        }
        try {
            EntryTicket used = tickets.use(actor, person.page(), ticket(call), value(form), replacing(form));
            return visit.wantsJson()
                    ? Reply.ok(Map.of("stored", true, "name", used.name()))
                    : pages.stored(used.name());
        } catch (VaultException e) {
            return again(call, actor, e);
        }
    }

    /** After a refusal the form is shown again, without what was typed, for as long as the ticket is good. */
    private Reply again(Call call, Actor actor, VaultException refused) {
        if (call.visit().wantsJson() || Problem.of(refused).status() >= 500) {
            throw refused;
        }
        try {
            return form(call, actor, Problem.of(refused));
        } catch (VaultException e) {
            return refused(call.visit(), actor, e);
        }
    }

    private Reply form(Call call, Actor actor, @Nullable Problem refused) {
        return pages.form(tickets.look(actor, person.page(), ticket(call)), token(call), refused);
    }

    private String token(Call call) {
        return FormToken.of(person.formKey(call.visit()), ticket(call));
    }

    private Reply refused(Visit visit, Actor actor, VaultException e) {
        if (visit.wantsJson() || Problem.of(e).status() >= 500) {
            throw e;
        }
        return pages.refused(Problem.of(e), actor);
    }

    private static String ticket(Call call) {
        return call.path("ticket");
    }

    private @Nullable Actor actor(Call call) {
        TenantId tenant = tickets.tenantOf(ticket(call)).orElse(null);
        return person.actor(call.visit(), tenant).orElse(null);
    }

    /** White space alone is a slip of the hand on a page, whatever a program may store. */
    private static SecretValue value(Form form) {
        String typed = form.text("value").orElse("");
        if (typed.isEmpty()) {
            throw new VaultException(ErrorCode.VALUE_REQUIRED, "Nothing was entered. Enter the value.")
                    .withField("value");
        }
        if (typed.isBlank()) {
            throw new VaultException(
                            ErrorCode.INVALID_VALUE, "There is only white space in the field. Enter the value itself.")
                    .withField("value");
        }
        return SecretValue.of(typed);
    }

    private static @Nullable Long replacing(Form form) {
        String revision = form.text("replacing").orElse("");
        return REVISION.matcher(revision).matches() ? Long.valueOf(revision) : null;
    }
}
