/**
 * What is known about the providers of language models: the catalogue (providers, plans, models) read from data and an
 * operator's file over it, the shape of their keys, the shapes of credentials in general and of masks, and where a base
 * URL may point. Everything here is immutable and may be shared by threads. How the catalogue is written as YAML and how
 * addresses are classified stays hidden.
 */
@NullMarked
package dev.chatelaine.vault.provider;

import org.jspecify.annotations.NullMarked;
