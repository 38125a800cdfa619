package dev.chatelaine.gateway.anthropic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of a message's content, as Anthropic's blocks. */
final class ContentBlocks {
    private static final Pattern DATA_URL =
            Pattern.compile("data:([a-zA-Z0-9.+/-]{1,127});base64,(.*)", Pattern.DOTALL);

    private ContentBlocks() {}

    /** The blocks of a text or of a list of parts. */
    static ArrayNode of(JsonNode content, String path) {
        ArrayNode blocks = MessagesRequest.array();
        if (content.isString()) {
            return blocks.add(text(content));
        }
        if (!content.isArray()) {
            throw MessagesRequest.invalid(path + ".content");
        }
        for (int at = 0; at < content.size(); at++) {
            JsonNode part = content.get(at);
            blocks.add(cached(block(part, path + ".content[" + at + "]"), part));
        }
        return blocks;
    }

    /** As {@link #of}, of texts alone. */
    static ArrayNode texts(JsonNode content, String path) {
        ArrayNode blocks = of(content, path);
        for (JsonNode block : blocks) {
            if (!block.path("type").asString("").equals("text")) {
                throw MessagesRequest.invalid(path + ".content");
            }
        }
        return blocks;
    }

    private static ObjectNode block(JsonNode part, String path) {
        return switch (part.path("type").asString("")) {
            case "text" -> text(part.path("text"));
            case "refusal" -> text(part.path("refusal"));
            case "image_url" -> image(part.path("image_url"), path);
            case "file" -> file(part.path("file"), path);
            default -> throw MessagesRequest.invalid(path + ".type");
        };
    }

    private static ObjectNode text(JsonNode text) {
        return MessagesRequest.object().put("type", "text").put("text", text.asString(""));
    }

    private static ObjectNode image(JsonNode image, String path) {
        String url = image.isString() ? image.stringValue() : image.path("url").asString("");
        return source("image", url, path + ".image_url");
    }

    private static ObjectNode file(JsonNode file, String path) {
        return source("document", file.path("file_data").asString(""), path + ".file");
    }

    private static ObjectNode source(String type, String url, String path) {
        ObjectNode block = MessagesRequest.object().put("type", type);
        Matcher data = DATA_URL.matcher(url);
        if (data.matches()) {
            block.putObject("source")
                    .put("type", "base64")
                    .put("media_type", data.group(1))
                    .put("data", data.group(2));
        } else if (url.startsWith("https://")) {
            block.putObject("source").put("type", "url").put("url", url);
        } else {
            throw MessagesRequest.invalid(path);
        }
        return block;
    }

    /** A mark to cache up to here is passed on; always for five minutes, which is the time that is priced. */
    private static ObjectNode cached(ObjectNode block, JsonNode part) {
        if (part.path("cache_control").path("type").asString("").equals("ephemeral")) {
            block.putObject("cache_control").put("type", "ephemeral");
        }
        return block;
    }
}
