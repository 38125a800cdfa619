/**
 * Makes the archives that let the JVM start from prepared classes: a class-data-sharing archive up to JDK 23, an AOT
 * cache from JDK 24. The build calls {@link dev.chatelaine.mcp.startup.ArchiveMain} once the jar is there; the launchers
 * call it in the background when they meet a JDK that has no archive yet. It hides how an archive is made (by a real
 * stdio session in a throw-away home), where it lies and how a launcher sees that it fits. The server itself knows
 * nothing of this package, and works the same, only slower, without an archive.
 */
@NullMarked
package dev.chatelaine.mcp.startup;

import org.jspecify.annotations.NullMarked;
