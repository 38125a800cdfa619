/**
 * The keys with which the instance signs its own tokens: made when the first token is, rotated, and shared by every
 * process on the same vault. A caller builds the token and gets a signature; that the keys are sealed by the root
 * keyring, where they are kept and when an old one is forgotten stays hidden here.
 */
@NullMarked
package dev.chatelaine.vault.token;

import org.jspecify.annotations.NullMarked;
