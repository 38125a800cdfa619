/**
 * The contract of the three tools: per tool a description of it ({@code <tool>.json}), the JSON Schema of its arguments
 * ({@code <tool>.input.json}) and the JSON Schema of its structured answers ({@code <tool>.output.json}), all of them
 * resources of this package, and a loader that turns them into plain maps. The package hides where the files are, how
 * they are parsed, and how a read-only server's tools are derived from them. It depends on no other module, and it
 * checks no call against a schema: handlers do that in their own way, and tests prove that they agree.
 */
@NullMarked
package dev.chatelaine.schemas;

import org.jspecify.annotations.NullMarked;
