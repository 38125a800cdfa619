/** The product as a bench has it: processes that its launcher starts, known by what they print. */
@NullMarked
package dev.chatelaine.bench.process;

import org.jspecify.annotations.NullMarked;
