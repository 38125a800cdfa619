package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MountIT {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                TestServer.loopback(TestServer.QUICK), List.of(), List.of(new Mount("/mcp", new Echo())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Answers with who called and what they sent, and breaks when told to. */
    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (body.contains("break")) {
                throw new IllegalStateException(body);
            }
            Actor actor = (Actor) request.getAttribute(Mount.ACTOR);
            AsyncContext async = request.startAsync();
            async.start(() -> {
                try {
                    response.setHeader("Cache-Control", "public, max-age=60");
                    response.addHeader("cache-control", "immutable");
                    response.setContentType("application/json");
                    response.getWriter()
                            .write("{\"subject\":\"" + actor.subject() + "\",\"channel\":\""
                                    + actor.channel().label() + "\",\"length\":\"" + body.length() + "\"}");
                } catch (IOException e) {
                    throw new AssertionError(e);
                } finally {
                    async.complete();
                }
            });
        }
    }

    @Test
    void aServletSeesTheActorAndTheWholeBody() {
        Answer answer = server.as("acme", Role.MEMBER).post("/mcp", "x".repeat(100_000));

        assertThat(answer.text("subject")).isEqualTo("member@acme.example");
        assertThat(answer.text("channel")).isEqualTo(Channel.MCP.label());
        assertThat(answer.text("length")).isEqualTo("100000");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Request-Id")).startsWith("req_");
    }

    @Test
    void noCacheKeepsAServletsAnswerWhateverTheServletSays() {
        Answer answer = server.as("acme", Role.MEMBER).post("/mcp", "x");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void nobodyUnknownReachesAServlet() {
        assertThat(new RestClient(server.server().address(), "")
                        .post("/mcp", "{}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aBodyThatIsTooLongDoesNotReachAServlet() {
        assertThat(server.owner("acme")
                        .post("/mcp", "x".repeat(HttpLimits.LONGEST_BODY + 1))
                        .code())
                .isEqualTo("body_too_large");
    }

    @Test
    void aServletThatBreaksIsAProblemThatTellsNothing() {
        Answer answer = server.owner("acme").post("/mcp", "break hunter-two");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("internal_error");
        assertThat(answer.all()).doesNotContain("hunter");
    }

    @Test
    void aMethodThatAServletLacksIsAProblemToo() {
        assertThat(server.owner("acme").put("/mcp", "{}").status()).isEqualTo(405);
    }
}
