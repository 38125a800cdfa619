/** x. */
@NullMarked
package dev.chatelaine.vault;

import org.jspecify.annotations.NullMarked;
