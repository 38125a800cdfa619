package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Caller.Answer;
import java.util.List;

/** One tenant's calls over a connection that it shares with another's, each answer of which is searched for others' marks. */
final class Conversation {
    static final int STEPS = 10;

    private final Caller caller;
    private final List<String> marks;
    private final Party own;
    private final Party foreign;
    private final String name;

    Conversation(Caller caller, List<String> marks, Party own, Party foreign, String name) {
        this.caller = caller;
        this.marks = marks;
        this.own = own;
        this.foreign = foreign;
        this.name = own.mark() + "-" + name;
    }

    void step(int step) {
        String path = "/api/secrets/" + name;
        switch (step) {
            case 0 -> effect(rest("POST", "/api/secrets", Party.secret(name, own.mark())), 201);
            case 1 -> good(rest("GET", path, ""), 200);
            case 2 -> effect(rest("PUT", path, "{\"value\":\"another-value-" + own.mark() + "\"}"), 200);
            case 3 -> effect(tool("create", Party.secret(name + "m", own.mark()).substring(1)));
            case 4 -> good(tool("list", "\"limit\":200}"));
            case 5 -> contested(rest("POST", "/api/secrets", Party.secret(own.mark() + "-contested", own.mark())));
            case 6 -> good(rest("GET", "/api/secrets?limit=200", ""), 200);
            case 7 -> foreign(rest("GET", "/api/secrets/" + foreign.firstId(), ""));
            case 8 -> effect(tool("update", "\"name\":\"" + name + "m\",\"description\":\"new\"}"));
            default -> effect(rest("DELETE", path, ""), 200);
        }
    }

    private Answer rest(String method, String path, String body) {
        return searched(caller.rest(own.token(), method, path, body));
    }

    private Answer tool(String action, String more) {
        String arguments = "{\"action\":\"" + action + "\"," + more;
        return searched(caller.tool(own.token(), own.session(), "manage_secrets", arguments));
    }

    private Answer searched(Answer answer) {
        own.asked();
        assertThat(answer.status()).as(answer.all()).isLessThan(500);
        for (String mark : marks) {
            if (!mark.equals(own.mark())) {
                assertThat(answer.all()).as("for " + own.mark()).doesNotContain(mark);
            }
        }
        return answer;
    }

    private void effect(Answer answer, int status) {
        good(answer, status);
        own.effected();
    }

    private void effect(Answer result) {
        good(result);
        own.effected();
    }

    private void good(Answer answer, int status) {
        assertThat(answer.status()).as(answer.all()).isEqualTo(status);
        assertThat(answer.body()).contains(own.mark());
    }

    private void good(Answer result) {
        assertThat(result.result().path("isError").booleanValue(true))
                .as(result.all())
                .isFalse();
        assertThat(result.body()).contains(own.mark());
    }

    /** Several lanes want this name at once, and one gets it. */
    private void contested(Answer answer) {
        assertThat(answer.status()).as(answer.all()).isIn(201, 409);
        if (answer.status() == 201) {
            own.effected();
        }
    }

    private void foreign(Answer answer) {
        assertThat(answer.status()).as(answer.all()).isEqualTo(404);
    }
}
