/**
 * {@code secret …}: what the tool {@code manage_secrets} does, for a person at a terminal. Values come in through a
 * hidden prompt or standard input; nothing here ever shows one. The package hides how metadata is laid out for people.
 */
@NullMarked
package dev.chatelaine.mcp.cli.secret;

import org.jspecify.annotations.NullMarked;
