/**
 * Entry tickets: short-lived, single-use permissions for one person to enter one value on a page, so that it never
 * passes through whoever asked for it. A ticket's text is handed out once and kept as a hash; what it is for, whom it
 * is for and what the target looked like when it was opened stay here. Hides that the value and the end of its ticket
 * are one transaction, and that there is one winner among any number of submissions.
 */
@NullMarked
package dev.chatelaine.vault.entry;

import org.jspecify.annotations.NullMarked;
