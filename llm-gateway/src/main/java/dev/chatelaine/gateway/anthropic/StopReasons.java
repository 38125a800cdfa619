package dev.chatelaine.gateway.anthropic;

/** Why Anthropic's models stop, in OpenAI's words. */
final class StopReasons {
    private StopReasons() {}

    static String finishReason(String stopReason) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> "stop";
        };
    }
}
