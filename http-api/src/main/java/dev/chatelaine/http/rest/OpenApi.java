package dev.chatelaine.http.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI 3.1 document, which a file beside this class holds. */
final class OpenApi {
    private OpenApi() {}

    static Map<String, Object> document() {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("missing openapi.json");
            }
            return JsonMapper.shared().readValue(file.readAllBytes(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
