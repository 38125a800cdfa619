/**
 * LLM configurations: which model of which provider an application uses, at most one of them the tenant's default, and
 * a key of its own that is kept apart from the record and detached when the key would go to another recipient.
 */
@NullMarked
package dev.chatelaine.vault.llm;

import org.jspecify.annotations.NullMarked;
