/**
 * The ledger: what calls of the gateway may use up, and what they have. A meter holds what may be used and what is; a
 * request reserves its worst case on the meters that bind it, and settles to what it used. Everything is a whole number:
 * micro-USD (millionths of a US dollar), tokens, milliseconds. What was said in a request is not known here. Hides how
 * meters, reservations and records are stored, and how requests that come together are written together.
 */
@NullMarked
package dev.chatelaine.vault.usage;

import org.jspecify.annotations.NullMarked;
