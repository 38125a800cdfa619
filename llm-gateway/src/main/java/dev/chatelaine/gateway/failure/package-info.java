/**
 * What can go wrong upstream, and what is done then: one table from statuses, error codes and words of an error's text to
 * categories, and from categories to reactions. Error texts are looked at here and never kept: providers echo keys.
 */
@NullMarked
package dev.chatelaine.gateway.failure;

import org.jspecify.annotations.NullMarked;
