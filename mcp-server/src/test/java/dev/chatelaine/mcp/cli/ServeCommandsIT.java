package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandsIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private static HttpResponse<String> get(URI address, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private String token(String... more) {
        Shell shell = new Shell(folder);
        String[] arguments = new String[more.length + 3];
        arguments[0] = "token";
        arguments[1] = "--subject";
        arguments[2] = "ada";
        System.arraycopy(more, 0, arguments, 3, more.length);
        assertThat(shell.run(arguments)).as(shell.err()).isZero();
        return shell.out().strip();
    }

    @Test
    void aServerTakesTheTokensThatTheCommandSignsAndEndsWhenItIsTold() throws Exception {
        Shell shell = new Shell(folder);
        assertThat(shell.run("tenant", "create", "acme")).isZero();
        String token = token("--tenant", "acme", "--role", "member");
        Process server = new Program(folder)
                .builder(new Program(folder).command("serve", "--port", "0", "--metrics-port", "0"))
                .redirectError(folder.resolve("log").toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String first = String.valueOf(out.readLine());
            assertThat(first).startsWith("Chatelaine serves at http://127.0.0.1:");
            URI address = URI.create(first.substring("Chatelaine serves at ".length()));

            String link = out.lines()
                    .filter(line -> line.startsWith("  console"))
                    .findFirst()
                    .orElseThrow();

            assertThat(link).matches("  console  " + address + "/console/sign-in#[A-Za-z0-9_-]{43}");
            assertThat(get(address.resolve("/readyz"), "").statusCode()).isEqualTo(200);
            assertThat(get(address.resolve("/api/secrets"), token).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = get(address.resolve("/api/secrets"), "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains(address + "/.well-known/oauth-protected-resource");
            assertThat(get(address.resolve("/.well-known/jwks.json"), "").body())
                    .contains("\"kid\":\"tky_");

            server.destroy();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            server.destroyForcibly();
        }
        assertThat(folder.resolve("log")).content().doesNotContain(token).contains("route=/api/secrets");
    }

    @Test
    void nobodyElsesTenantAndNoUnknownRoleGetsAToken() {
        Shell shell = new Shell(folder);

        assertThat(shell.run("token", "--tenant", "nowhere", "--subject", "ada", "--role", "member"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("no tenant nowhere");
        assertThat(shell.run("token", "--subject", "ada", "--role", "king")).isEqualTo(1);
        assertThat(shell.err()).contains("viewer, member, key_manager, admin, owner");
        assertThat(shell.run("token", "--subject", "ada", "--role", "viewer", "--ttl", "soon"))
                .isEqualTo(2);
        assertThat(shell.run("token", "--subject", "ada", "--role", "viewer", "--ttl", "91d"))
                .isEqualTo(1);
    }

    @Test
    void aLinkIntoTheConsoleIsPrintedAloneOnItsLine() {
        Shell shell = new Shell(folder);

        assertThat(shell.run("console-link", "--subject", "ada", "--role", "member"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).matches("http://127\\.0\\.0\\.1:8470/console/sign-in#[A-Za-z0-9_-]{43}\\R");
        shell.environment.put("CHATELAINE_READ_ONLY", "true");
        assertThat(shell.run(
                        "console-link",
                        "--subject",
                        "ada",
                        "--role",
                        "member",
                        "--server",
                        "https://vault.example.com/",
                        "--json"))
                .isZero();
        assertThat(shell.out()).contains("\"url\":\"https://vault.example.com/console/sign-in#", "\"expires_at\":\"");
        assertThat(shell.run("console-link", "--subject", "ada", "--role", "king"))
                .isEqualTo(1);
        assertThat(shell.run("console-link", "--subject", "ada", "--role", "member", "--server", "elsewhere"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("--server");
        assertThat(shell.run("console-link", "--tenant", "nowhere", "--subject", "ada", "--role", "member"))
                .isEqualTo(1);
    }

    @Test
    void aClientsSecretIsNotShown() {
        Shell shell = new Shell(folder);
        shell.environment.put("CHATELAINE_OIDC_CLIENT_SECRET", "hunter2-hunter2");

        assertThat(shell.run("config")).isZero();
        assertThat(shell.out()).contains("oidc_client_secret", "set, not shown").doesNotContain("hunter2");
        assertThat(shell.run("config", "--json")).isZero();
        assertThat(shell.out()).doesNotContain("hunter2");
    }

    @Test
    void whereAProviderSignsTheInstanceDoesNot() {
        Shell shell = new Shell(folder);
        shell.environment.put("CHATELAINE_ISSUER", "https://id.example.com");

        assertThat(shell.run("token", "--subject", "ada", "--role", "viewer")).isEqualTo(1);
        assertThat(shell.err()).contains("CHATELAINE_ISSUER");
        assertThat(shell.run("serve", "--port", "0")).isEqualTo(1);
        assertThat(shell.err()).contains("CHATELAINE_PUBLIC_URL");
    }

    @Test
    void beyondThisMachineTlsIsNeededOrSaidNotToBe() {
        Shell shell = new Shell(folder);

        assertThat(shell.run("serve", "--host", "0.0.0.0", "--port", "0")).isEqualTo(2);
        assertThat(shell.err()).contains("in the clear", "--insecure-listen");
        assertThat(shell.run("serve", "--tls-cert", "cert.pem")).isEqualTo(2);
        assertThat(shell.err()).contains("--tls-key");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void aPublicAddressIsAnOrigin() {
        Shell shell = new Shell(folder);
        shell.environment.put("CHATELAINE_PUBLIC_URL", "https://vault.example.com/path?x");

        assertThat(shell.run("serve", "--port", "0")).isEqualTo(1);
        assertThat(shell.err()).contains("CHATELAINE_PUBLIC_URL");
    }
}
