package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.Canary;
import dev.chatelaine.vault.audit.AuditQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys and prompts through every failure: providers that say the key aloud in errors, headers, cookies, streams and answers,
 * and requests whose prompts are canaries. Searched are all answers, what the process said, and all of the vault's files.
 */
class GatewayCanaryIT {
    private static final Canary PROMPT = new Canary("canary+prompt/0b5c7d2e~Zz9 flies over the;sea");
    private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 413, 422, 429, 500, 503);

    @TempDir
    private Path home;

    private final List<Answered> answers = new ArrayList<>();

    @Test
    void neitherKeysNorPromptsAreFoundAnywhere() throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        String gatewayKey;
        Canary key;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (GatewayService service = GatewayService.in(home)) {
            gatewayKey = service.key("app");
            key = new Canary(service.provider("openai").key());
            Application application = service.application(gatewayKey);
            echoes(service, application);
            refusals(service, application);
            service.vault().audit().events(GatewayService.OWNER, AuditQuery.newest()).events().stream()
                    .map(Object::toString)
                    .forEach(event -> assertThat(key.foundIn(event)).isEmpty());
        } finally {
            System.setErr(before);
        }
        Canary gateway = new Canary(gatewayKey);
        for (Answered answer : answers) {
            assertThat(key.foundIn(answer.all())).as(answer.all()).isEmpty();
            assertThat(gateway.foundIn(answer.all())).as(answer.all()).isEmpty();
        }
        for (Canary canary : List.of(key, gateway, PROMPT)) {
            assertThat(canary.foundIn(log.toByteArray())).isEmpty();
            assertThat(files())
                    .allSatisfy(file -> assertThat(canary.foundIn(bytes(file)))
                            .as(file.toString())
                            .isEmpty());
        }
    }

    private void echoes(GatewayService service, Application application) {
        FakeProvider provider = service.provider("openai");
        String key = provider.key();
        String headers = "x-request-id: " + key + "\r\nSet-Cookie: k=" + key + "\r\nretry-after: 0\r\n"
                + "x-ratelimit-reset-tokens: " + key + "\r\nopenai-organization: " + key + "\r\n";
        for (int status : STATUSES) {
            for (int i = 0; i < 3; i++) {
                provider.next(Script.answer(
                        status,
                        headers,
                        "{\"error\":{\"message\":\"key " + key + " is no good\",\"code\":\"" + key + "\"}}"));
            }
            answers.add(application.chat(service.model("openai"), PROMPT.value()));
            provider.reset();
        }
        provider.next(Script.answer(200, headers, "{\"choices\":[{\"message\":{\"content\":\"" + key + "\"}}]}"));
        answers.add(application.chat(service.model("openai"), PROMPT.value()));
        provider.reset();
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so far\"}}]}\n\n";
        provider.next(
                Script.cut(event + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + key + "\"}}]}\n\n"));
        answers.add(application.stream(service.model("openai"), PROMPT.value()));
        provider.reset();
        provider.next(Script.cut(event + "data: {\"error\":{\"message\":\"" + key + "\"}}\n\n"));
        answers.add(application.stream(service.model("openai"), PROMPT.value()));
        provider.reset();
        provider.next(Script.reset(event));
        answers.add(application.stream(service.model("openai"), PROMPT.value()));
        provider.reset();
    }

    private void refusals(GatewayService service, Application application) {
        answers.add(application.post("/v1/chat/completions", "{\"messages\":\"" + PROMPT.value() + "\"}"));
        answers.add(application.post("/v1/chat/completions", PROMPT.value()));
        answers.add(application.chat("nobody/" + "m", PROMPT.value()));
        answers.add(service.application("ck_" + "B".repeat(43)).chat(service.model("openai"), PROMPT.value()));
        answers.add(application.post("/v1/embeddings", "{\"model\":\"openai/x\",\"input\":{\"a\":\"b\"}}"));
        answers.add(application.chat(service.model("anthropic"), PROMPT.value()));
        answers.add(application.stream(service.model("google"), PROMPT.value()));
        answers.add(application.get("/v1/models"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
