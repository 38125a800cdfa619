package dev.chatelaine.mcp.cli.desk;

/**
 * Marks a command that takes a value from the terminal or from standard input, so that an argument too many is answered
 * as the value that it may be.
 */
public interface TakesValue {}
