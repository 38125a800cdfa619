package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The SDK's JSON, without a data binder for the messages of an ordinary session: it would take longer to load than the
 * rest of the program. Whatever is not known here goes to Jackson's, which is loaded then, and means the same there.
 * Safe for several threads.
 */
class LightJsonMapper implements McpJsonMapper {
    private static final int ORDINARY = 1_024;

    private final JsonFactory factory = new JsonFactory();
    private @Nullable McpJsonMapper binder;

    @Override
    public <T> T readValue(String content, Class<T> type) throws IOException {
        return binder().readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, Class<T> type) throws IOException {
        return binder().readValue(content, type);
    }

    @Override
    public <T> T readValue(String content, TypeRef<T> type) throws IOException {
        return binder().readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
        return binder().readValue(content, type);
    }

    /** As the other {@code convertValue}. */
    @Override
    public <T> T convertValue(Object fromValue, Class<T> type) {
        return required(fromValue, () -> binder().convertValue(fromValue, type));
    }

    /**
     * Parameters or a result as a record of the SDK's.
     *
     * @throws McpError {@code -32602} when they do not fit; what they were is not in it
     */
    @Override
    public <T> T convertValue(Object fromValue, TypeRef<T> typeRef) {
        T known = known(fromValue, typeRef);
        return known != null ? known : required(fromValue, () -> binder().convertValue(fromValue, typeRef));
    }

    @SuppressWarnings("unchecked") // the type asked for is compared before
    private static <T> @Nullable T known(@Nullable Object from, TypeRef<T> typeRef) {
        Type type = typeRef.getType();
        if (!(from instanceof Map<?, ?> params)) {
            return null;
        }
        try {
            if (type == InitializeRequest.class) {
                return (T) ParameterReader.initialize(new Fields(params));
            }
            return type == CallToolRequest.class ? (T) ParameterReader.call(new Fields(params)) : null;
        } catch (UnusualException e) {
            return null;
        }
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return new String(writeValueAsBytes(value), StandardCharsets.UTF_8);
    }

    /** The value in one line of UTF-8. */
    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ORDINARY);
        try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            new MessageWriter(generator).value(value);
        } catch (UnusualException e) {
            return binder().writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IOException("a message could not be written", e);
        }
        return bytes.toByteArray();
    }

    private static <T> T required(@Nullable Object from, Supplier<@Nullable T> conversion) {
        T converted;
        try {
            converted = from == null ? null : conversion.get();
        } catch (JacksonException | IllegalArgumentException e) {
            throw doesNotFit();
        }
        if (converted == null) {
            throw doesNotFit();
        }
        return converted;
    }

    private static McpError doesNotFit() {
        return McpError.builder(ErrorCodes.INVALID_PARAMS)
                .message("The params do not fit the method.")
                .build();
    }

    private synchronized McpJsonMapper binder() {
        McpJsonMapper loaded = binder;
        if (loaded == null) {
            loaded = new JacksonMcpJsonMapper(JsonMapper.builder().build());
            binder = loaded;
        }
        return loaded;
    }
}
