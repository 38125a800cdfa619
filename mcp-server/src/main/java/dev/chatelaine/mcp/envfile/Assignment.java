package dev.chatelaine.mcp.envfile;

import dev.chatelaine.vault.crypto.SecretValue;

/**
 * A variable of an environment file.
 *
 * @param line where it begins, from 1
 * @param key its name as the file has it, unchecked
 * @param value its value
 */
public record Assignment(int line, String key, SecretValue value) {}
