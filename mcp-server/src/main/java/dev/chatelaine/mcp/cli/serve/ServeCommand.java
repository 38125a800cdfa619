package dev.chatelaine.mcp.cli.serve;

import dev.chatelaine.http.server.HttpOptions.TlsFiles;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.StatedUsageException;
import dev.chatelaine.mcp.serve.ConsoleSignIn;
import dev.chatelaine.mcp.serve.HttpService;
import dev.chatelaine.mcp.serve.Listening;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: one instance for many people, until the process is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        header = "Serve the vault over HTTP, to everybody who shows a token.",
        description = "Ends on SIGTERM or SIGINT, within ten seconds; requests under way are answered first.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine serve", "  chatelaine serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem"})
public final class ServeCommand implements Callable<Integer> {
    private final Desk desk;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where to listen; ${DEFAULT-VALUE} if not given, for this machine alone.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8470",
            converter = Port.class,
            description = "${DEFAULT-VALUE} if not given; 0 for any that is free.")
    private int port;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "The certificate and its chain, in PEM.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, in PEM (PKCS#8).")
    private @Nullable Path key;

    @Option(
            names = "--insecure-listen",
            description = "Listen beyond this machine without TLS, behind a proxy that has it.")
    private boolean insecure;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            converter = Port.class,
            description = "Serve /metrics on this port of 127.0.0.1.")
    private @Nullable Integer metricsPort;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The command at this desk. */
    public ServeCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws InterruptedException {
        Listening listening = new Listening(host, port, tls(), metricsPort);
        requireSafe(listening);
        HttpService service = HttpService.start(
                desk.settings(),
                listening,
                desk.surroundings().clock(),
                desk.surroundings().random());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service, ended), "stop"));
        print(service);
        ended.await();
        return ExitCode.OK;
    }

    private static void end(HttpService service, CountDownLatch ended) {
        service.close();
        ended.countDown();
    }

    private void requireSafe(Listening listening) {
        if (listening.tls() == null && !insecure && !listening.isLoopback()) {
            throw new StatedUsageException(
                    spec.commandLine(),
                    "Beyond this machine, tokens and values would travel in the clear. Give --tls-cert and --tls-key,"
                            + " or --insecure-listen where a proxy in front has TLS. Nothing was started.");
        }
    }

    private @Nullable TlsFiles tls() {
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new StatedUsageException(
                    spec.commandLine(), "TLS takes both --tls-cert and --tls-key. Nothing was started.");
        }
        return new TlsFiles(certificate, key);
    }

    private void print(HttpService service) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Chatelaine serves at " + service.address());
        out.println("  MCP      " + service.publicUrl() + "/mcp    (older hosts: " + service.publicUrl() + "/sse)");
        out.println("  REST     " + service.publicUrl() + "/api");
        ConsoleSignIn.Link link = service.consoleLink();
        out.println("  console  " + link.url());
        out.println("           (signs you in once, within ten minutes; `chatelaine console-link` makes another)");
        out.println("  OpenAPI  " + service.publicUrl() + "/openapi.json");
        service.metricsAddress().ifPresent(metrics -> out.println("  metrics  " + metrics + "/metrics"));
        out.flush();
    }
}
