/**
 * Secrets: named, versioned values with a category and a description, and the rules that they live by. Provider keys
 * are secrets whose name says whose key they are. Values come in here and are opened here for their use; what goes out
 * is metadata. The rows and their SQL are hidden.
 */
@NullMarked
package dev.chatelaine.vault.secret;

import org.jspecify.annotations.NullMarked;
