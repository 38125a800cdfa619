package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real nginx with the configuration of the documentation, in which addresses alone are others. */
final class Nginx implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
    private static final Path EXAMPLE = Path.of("../docs/nginx/chatelaine.conf");

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static void assumeInstalled() {
        assumeTrue(Files.isExecutable(PROGRAM), "nginx is not installed here");
    }

    static Nginx start(Path folder, int port, URI first, URI second) throws IOException {
        Files.writeString(folder.resolve("chatelaine.conf"), adapted(Files.readString(EXAMPLE), port, first, second));
        Path main = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log nginx.log;
                events { worker_connections 512; }
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include chatelaine.conf;
                }
                """);
        Process process = new ProcessBuilder(
                        List.of(PROGRAM.toString(), "-e", "nginx.log", "-p", folder.toString(), "-c", main.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        Nginx nginx = new Nginx(process, port);
        while (process.isAlive() && !nginx.listens()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(process.isAlive())
                .as(() -> said(folder.resolve("said")) + said(folder.resolve("nginx.log")))
                .isTrue();
        return nginx;
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    private static String adapted(String example, int port, URI first, URI second) {
        return placed(placed(example, "10.0.0.11", first), "10.0.0.12", second)
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                .replace("server_name vault.example.com;", "server_name localhost;")
                .replaceAll("(?m)^ *ssl_certificate.*$", "");
    }

    private static String placed(String example, String address, URI node) {
        return example.replace(address + ":8470", node.getHost() + ":" + node.getPort())
                .replace(
                        address.replace(".", "\\.") + ":8470",
                        node.getHost().replace(".", "\\.") + ":" + node.getPort());
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String said(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
