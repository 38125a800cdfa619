package dev.chatelaine.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty and nothing else, in a process of its own: takes a body in and answers as much as the product does. */
public final class BareServer {
    private static final int THREADS = 64;

    /** As long as a secret's metadata. */
    private static final byte[] ANSWER = ("{\"padding\":\"" + "x".repeat(250) + "\"}").getBytes(StandardCharsets.UTF_8);

    private BareServer() {}

    /** Serves until its standard input ends, and says its port first. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server(new QueuedThreadPool(THREADS));
        HttpConfiguration http = new HttpConfiguration();
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getLength() > 0) {
                    BufferUtil.clear(Content.Source.asByteBuffer(request));
                }
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(ANSWER), callback);
                return true;
            }
        });
        server.start();
        System.out.println("Serves at http://127.0.0.1:" + connector.getLocalPort());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        server.stop();
    }
}
