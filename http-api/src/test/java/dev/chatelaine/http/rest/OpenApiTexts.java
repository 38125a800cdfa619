package dev.chatelaine.http.rest;

import tools.jackson.databind.json.JsonMapper;

/** The document as it is served. */
public final class OpenApiTexts {
    private OpenApiTexts() {}

    public static String document() {
        return JsonMapper.shared().writeValueAsString(OpenApi.document());
    }
}
