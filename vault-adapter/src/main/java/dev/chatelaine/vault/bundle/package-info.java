/**
 * Bundles: named sets of values that sessions and programs are given under the names of environment variables. What may
 * be such a name, how many there may be, and who may change them is decided here; whoever was given a bundle's values is
 * told of a change in the same transaction through {@link dev.chatelaine.vault.bundle.BundleFollower}. The rows and
 * their SQL are hidden.
 */
@NullMarked
package dev.chatelaine.vault.bundle;

import org.jspecify.annotations.NullMarked;
