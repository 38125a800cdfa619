/**
 * Who is signed in to the console: links that let somebody in once, and the sessions that follow a sign-in. What a link
 * or a cookie holds is 256 random bits that leave this package once, when they are made; the database has their hashes,
 * and any process on the vault answers for them. That is hidden here, as are idle time, absolute time and purging.
 */
@NullMarked
package dev.chatelaine.vault.signin;

import org.jspecify.annotations.NullMarked;
