package dev.chatelaine.gateway.call;

/**
 * A model that a caller may name.
 *
 * @param id what it is called in requests: {@code openai/gpt-4.1-mini}, or an LLM configuration's name
 * @param provider whose model it is
 */
public record GatewayModel(String id, String provider) {}
