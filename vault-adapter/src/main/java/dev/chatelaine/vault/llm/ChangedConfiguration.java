package dev.chatelaine.vault.llm;

/**
 * A configuration after a change.
 *
 * @param configuration as it is now
 * @param keyDetached whether its key was removed, because it had been entered for another recipient
 */
public record ChangedConfiguration(LlmConfiguration configuration, boolean keyDetached) {}
