/**
 * What changed, told to every process on the vault in the order of the commits. A change that others have to hear of
 * gets a number in its own transaction; whoever follows is woken, reads from the number that it read last, and can tell
 * whether it missed any. What a change means is known to those who make and read it.
 */
@NullMarked
package dev.chatelaine.vault.announcement;

import org.jspecify.annotations.NullMarked;
