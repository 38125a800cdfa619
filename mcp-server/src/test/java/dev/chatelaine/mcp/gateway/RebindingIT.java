package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.mcp.entry.ServedProcess;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider's name that leads elsewhere the second time: to where nobody may connect. */
class RebindingIT {
    @TempDir
    private Path home;

    @Test
    void theAddressIsCheckedForEachConnection() throws Exception {
        Path hosts = home.resolve("hosts");
        try (GatewayService service = GatewayService.in(home)) {
            FakeProvider openai = service.provider("openai");
            leadsTo(hosts, "127.0.0.1");
            try (ServedProcess process = service.process(named(openai, hosts))) {
                Application application = new Application(URI.create(process.address()), service.key("app"));
                openai.next(exchange -> exchange.answer(200, "Connection: close\r\n", "{\"choices\":[]}"));
                assertThat(application.chat(service.model("openai"), "hello").status())
                        .isEqualTo(200);
                assertThat(openai.last().header("host").orElse("")).startsWith("llm.internal:");

                leadsTo(hosts, "169.254.169.254");
                Answered second = application.chat(service.model("openai"), "hello");

                assertThat(second.status()).as(second.all()).isEqualTo(502);
                assertThat(second.attempts()).containsExactly("endpoint_refused");
                assertThat(openai.requests()).hasSize(1);
                leadsTo(hosts, "127.0.0.1");
                assertThat(application.chat(service.model("openai"), "hello").status())
                        .isEqualTo(200);
            }
        }
    }

    /** A catalogue that has the provider at a name, which Java looks up in a file each time. */
    private Map<String, String> named(FakeProvider provider, Path hosts) throws IOException {
        int port = provider.baseUrl().getPort();
        String url = "http://llm.internal:" + port + provider.baseUrl().getPath();
        Path catalog =
                Files.writeString(home.resolve("named.yaml"), "providers:\n  openai: { base_url: \"" + url + "\" }\n");
        return Map.of(
                "CHATELAINE_CATALOG",
                catalog.toString(),
                "CHATELAINE_PRIVATE_ENDPOINTS",
                "llm.internal:" + port,
                "JAVA_TOOL_OPTIONS",
                "-Djdk.net.hosts.file=" + hosts + " -Dsun.net.inetaddr.ttl=0");
    }

    private static void leadsTo(Path hosts, String address) throws IOException {
        Files.writeString(hosts, "127.0.0.1 localhost\n" + address + " llm.internal\n");
    }
}
