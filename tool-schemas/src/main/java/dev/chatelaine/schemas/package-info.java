/** x. */
@NullMarked
package dev.chatelaine.schemas;

import org.jspecify.annotations.NullMarked;
