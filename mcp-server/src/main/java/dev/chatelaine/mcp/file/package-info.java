/**
 * Files that are replaced in one step: whoever reads one finds the old content or the new, and never a part. The
 * package hides the temporary file beside it, its permissions and the order of the calls.
 */
@NullMarked
package dev.chatelaine.mcp.file;

import org.jspecify.annotations.NullMarked;
