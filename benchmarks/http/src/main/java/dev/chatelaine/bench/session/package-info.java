/**
 * A bench of hot replacement: how long it takes from a bundle's replacement until every running session has heard of it and
 * has the new value, with the sessions split over two nodes on one PostgreSQL, beside one node on SQLite.
 */
@NullMarked
package dev.chatelaine.bench.session;

import org.jspecify.annotations.NullMarked;
