/**
 * A load bench of a served instance: REST and MCP at several numbers of connections, with authentication, audit and
 * encryption on, beside a server that does nothing, in one run. It knows the product by its launcher and its routes alone.
 */
@NullMarked
package dev.chatelaine.bench.http;

import org.jspecify.annotations.NullMarked;
