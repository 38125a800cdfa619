package dev.chatelaine.mcp.entry;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A transport of which all messages are kept, both ways. */
record RecordedTransport(McpClientTransport transport, List<String> messages) implements McpClientTransport {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return transport.connect(incoming -> handler.apply(incoming.doOnNext(this::keep)));
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        keep(message);
        return transport.sendMessage(message);
    }

    private void keep(JSONRPCMessage message) {
        messages.add(JSON.writeValueAsString(message));
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        transport.setExceptionHandler(handler);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return transport.closeGracefully();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return transport.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return transport.protocolVersions();
    }
}
