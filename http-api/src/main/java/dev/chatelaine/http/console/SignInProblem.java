package dev.chatelaine.http.console;

import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.problem.ProblemException;
import java.util.List;
import java.util.Locale;

/** Why somebody is not signed in, in words for them. */
enum SignInProblem {
    SESSION_EXPIRED(401, "You are not signed in any more. Sign in again."),
    NOT_SIGNED_IN(401, "You are not signed in. Sign in first."),
    WRONG_TENANT(403, "You are not signed in for that tenant."),
    LINK_EXPIRED(
            410,
            "This sign-in link was used already, is older than ten minutes, or is none. Ask for a new one: chatelaine"
                    + " console-link."),
    OPENID_NOT_CONFIGURED(404, "This server does not sign in by an organisation's provider. Use a sign-in link."),
    SIGN_IN_EXPIRED(
            410,
            "This sign-in took longer than ten minutes, is done already, or began in another browser. Begin again."),
    SIGN_IN_REFUSED(403, "What your organisation's provider sent does not belong to this sign-in. Begin again."),
    NO_TENANT(
            403,
            "Your organisation's provider knows you, but names no tenant of this server for you. Ask an administrator."),
    PROVIDER_UNAVAILABLE(
            503, "Your organisation's provider cannot be reached, so nobody can sign in by it. Try again in a minute.");

    private final int status;
    private final String detail;

    SignInProblem(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    Problem problem() {
        return new Problem(status, name().toLowerCase(Locale.ROOT), detail, List.of(), null);
    }

    ProblemException exception() {
        return new ProblemException(problem());
    }
}
