package dev.chatelaine.vault.provider;

/** What a provider's base URL speaks. */
public enum Protocol {
    /** Chat completions and a models list as OpenAI has them; the key is a bearer token. */
    OPENAI,
    /** Anthropic's Messages API; the key is in {@code x-api-key}. */
    ANTHROPIC
}
