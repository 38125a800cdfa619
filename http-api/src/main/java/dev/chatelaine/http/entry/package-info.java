/**
 * The page on which a person enters one value: who asked, what becomes of it, one form and one use. The same page is
 * served to people who have signed in, and by a program on a person's own machine ({@link
 * dev.chatelaine.http.entry.Person}). Hides the form's token, what the page says of every refusal, and that a value
 * goes from the form to the vault and nowhere else.
 */
@NullMarked
package dev.chatelaine.http.entry;

import org.jspecify.annotations.NullMarked;
