package dev.chatelaine.gateway.fake;

/**
 * How the fakes count. A text has one token for each of its spaces, and one: {@code "two words"} has 2, nothing has 0. An
 * image has {@value #IMAGE}, a tool that is offered {@value #TOOL}, a call of a tool {@value #CALL}, wherever they are.
 * Roles, names and the number of messages count nothing, so that a prompt has the same tokens in every provider's shape.
 *
 * <p>The prompt is all texts, images, tools and calls of the request. The answer is its text and its calls; where the model
 * reasons, {@value #REASONING} more, which are part of {@code completion_tokens} everywhere but with xAI.
 *
 * <p>Cached are: where caching needs no asking, the texts of the system's messages. With Anthropic, the blocks marked with
 * {@code cache_control}, which are written to the cache when a fake sees them first and read from it from then on.
 */
public final class Tokens {
    /** Tokens of an image. */
    public static final int IMAGE = 100;
    /** Tokens of a tool that is offered. */
    public static final int TOOL = 10;
    /** Tokens of a call of a tool, in a prompt and in an answer. */
    public static final int CALL = 5;
    /** Tokens of what a model thinks before it answers. */
    public static final int REASONING = 10;

    /** What a model thinks before it answers, where it shows that. */
    static final String THOUGHT = "This is what I thought before I answered, no more";

    private Tokens() {}

    /** The tokens of a text. */
    public static long of(String text) {
        return text.isEmpty() ? 0 : text.chars().filter(each -> each == ' ').count() + 1;
    }
}
