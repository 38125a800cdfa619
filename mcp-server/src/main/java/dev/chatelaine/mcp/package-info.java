/** x. */
@NullMarked
package dev.chatelaine.mcp;

import org.jspecify.annotations.NullMarked;
