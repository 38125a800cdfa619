/**
 * The settings: each declared once, with its variable, its default and its words for people; given by flags, the
 * environment or its default, in this order. Where a platform keeps its files is hidden here.
 */
@NullMarked
package dev.chatelaine.mcp.config;

import org.jspecify.annotations.NullMarked;
