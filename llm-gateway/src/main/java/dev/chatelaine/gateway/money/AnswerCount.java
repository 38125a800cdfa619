package dev.chatelaine.gateway.money;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts one answer as it passes: what its provider tells, and what is likely where it tells nothing. Fed whole answers
 * or the chunks of a stream, in OpenAI's shape; the count does not depend on where a stream is cut into chunks. Holds
 * numbers and no text. Not for several threads at once.
 */
public final class AnswerCount {
    private long ascii;
    private long others;
    private @Nullable Usage told;

    /** Counts a whole answer or a chunk. What is neither counts for nothing. */
    public void take(JsonNode answer) {
        for (JsonNode choice : answer.path("choices")) {
            said(choice.path("message"));
            said(choice.path("delta"));
        }
        Usage usage = Usage.fromChat(answer.path("usage"));
        if (usage != null) {
            told = usage;
        }
    }

    /**
     * What was used, as the provider told it last. A count that it did not tell, or told as 0 although there was
     * something to count, is the likely one.
     *
     * @param estimatedPrompt the likely tokens of the prompt, for where they were not told
     */
    public Usage usage(long estimatedPrompt) {
        Usage known = told == null ? Usage.NONE : told;
        return isPromptTold()
                ? new Usage(known.prompt(), known.cached(), known.cacheWrite(), completion(known))
                : new Usage(estimatedPrompt, 0, 0, completion(known));
    }

    /** Whether any count of {@link #usage} is a likely one. */
    public boolean isEstimated() {
        return told == null || !isPromptTold() || (told.completion() == 0 && counted() > 0);
    }

    private boolean isPromptTold() {
        return told != null && told.prompt() > 0;
    }

    private long completion(Usage known) {
        return known.completion() > 0 ? known.completion() : counted();
    }

    private long counted() {
        return TokenEstimate.likely(ascii, others);
    }

    private void said(JsonNode message) {
        text(message.path("content"));
        text(message.path("refusal"));
        // Providers have one of the two names for it; some tell it by both.
        text(message.path(message.path("reasoning_content").isString() ? "reasoning_content" : "reasoning"));
        called(message.path("function_call"));
        for (JsonNode call : message.path("tool_calls")) {
            called(call.path("function"));
        }
    }

    private void called(JsonNode function) {
        text(function.path("name"));
        text(function.path("arguments"));
    }

    /** A text, or the texts of parts. */
    private void text(JsonNode content) {
        if (content.isString()) {
            String text = content.stringValue();
            long counted = TokenEstimate.ascii(text);
            ascii += counted;
            others += text.length() - counted;
        } else if (content.isArray()) {
            for (JsonNode part : content) {
                text(part.path("text"));
                text(part.path("refusal"));
                text(part.path("thinking"));
            }
        }
    }
}
