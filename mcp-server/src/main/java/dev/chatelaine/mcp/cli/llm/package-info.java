/**
 * {@code llm …}: what the tool {@code configure_llm} does, for a person at a terminal. A key comes in through a hidden
 * prompt or standard input. The package hides how configurations are laid out for people.
 */
@NullMarked
package dev.chatelaine.mcp.cli.llm;

import org.jspecify.annotations.NullMarked;
