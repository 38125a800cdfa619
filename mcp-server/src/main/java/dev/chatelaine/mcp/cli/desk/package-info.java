/**
 * What every command works with: the process around it, the settings and the vault that they lead to, a value that a
 * person enters, and an answer for people or for scripts. It hides whether a terminal is there, how a value is read
 * without being seen, and how errors become words and exit codes.
 */
@NullMarked
package dev.chatelaine.mcp.cli.desk;

import org.jspecify.annotations.NullMarked;
