package dev.chatelaine.gateway.fake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Embeddings in OpenAI's shape: of each text, its length, and then 0.5 up to the wanted number of dimensions, which is 8 if
 * nobody says otherwise.
 */
final class Embeddings {
    private Embeddings() {}

    static ObjectNode of(JsonNode body, boolean takesBase64) {
        List<String> inputs = inputs(body.path("input"));
        boolean base64 = takesBase64 && Json.text(body, "encoding_format").equals("base64");
        int dimensions = (int) body.path("dimensions").asLong(8);
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        long tokens = 0;
        for (int at = 0; at < inputs.size(); at++) {
            float[] vector = vector(inputs.get(at), dimensions);
            ObjectNode one = data.addObject().put("object", "embedding").put("index", at);
            if (base64) {
                one.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = one.putArray("embedding");
                for (float each : vector) {
                    numbers.add(each);
                }
            }
            tokens += Tokens.of(inputs.get(at));
        }
        list.put("model", Json.text(body, "model"));
        list.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return list;
    }

    private static List<String> inputs(JsonNode input) {
        List<String> inputs = new ArrayList<>();
        if (input.isString()) {
            inputs.add(input.stringValue());
        } else {
            input.forEach(each -> inputs.add(each.asString("")));
        }
        if (inputs.isEmpty() || inputs.contains("")) {
            throw Refusal.bad("input", "'$.input' is invalid. Please check the API reference.");
        }
        return inputs;
    }

    private static float[] vector(String text, int dimensions) {
        float[] vector = new float[dimensions];
        Arrays.fill(vector, 0.5f);
        vector[0] = text.length();
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float each : vector) {
            bytes.putFloat(each);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
