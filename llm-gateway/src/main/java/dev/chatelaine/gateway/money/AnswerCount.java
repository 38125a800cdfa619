package dev.chatelaine.gateway.money;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts an answer in OpenAI's shape, whole or in chunks, where its provider may not tell what it used. Holds numbers and no
 * text. Not for several threads at once.
 */
public final class AnswerCount {
    private long ascii;
    private long others;
    private @Nullable Usage told;

    /** Counts a chunk, or a whole answer; usage that it tells takes the place of what was told before. */
    public void take(JsonNode answer) {
        Usage usage = Usage.fromChat(answer.path("usage"));
        if (usage != null) {
            told = usage;
        }
        for (JsonNode choice : answer.path("choices")) {
            said(choice.path("delta"));
            said(choice.path("message"));
        }
    }

    private void said(JsonNode message) {
        text(message.path("content"));
        text(message.path("reasoning_content"));
        text(message.path("refusal"));
        for (JsonNode call : message.path("tool_calls")) {
            text(call.path("function").path("name"));
            text(call.path("function").path("arguments"));
        }
    }

    private void text(JsonNode node) {
        if (node.isString()) {
            String text = node.stringValue();
            long plain = text.chars().filter(each -> each < 0x80).count();
            ascii += plain;
            others += text.length() - plain;
        }
    }

    /** Whether the provider has not said what was used. */
    public boolean isEstimated() {
        return told == null;
    }

    /**
     * What was used: as the provider said last, or else as counted.
     *
     * @param likelyPrompt the tokens that the prompt likely has, where the provider does not say
     */
    public Usage usage(long likelyPrompt) {
        return told != null ? told : new Usage(likelyPrompt, 0, 0, (ascii + 3) / 4 + others);
    }
}
