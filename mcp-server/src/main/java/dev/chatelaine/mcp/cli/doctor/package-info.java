/**
 * {@code doctor}: looks at everything that a person would have to be asked about, and says of each thing whether it is
 * well and what to do if not. It mends nothing and makes no vault. The package hides how each thing is looked at.
 */
@NullMarked
package dev.chatelaine.mcp.cli.doctor;

import org.jspecify.annotations.NullMarked;
