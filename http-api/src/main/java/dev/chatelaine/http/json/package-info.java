/**
 * JSON in and out. Coming in, it is taken strictly: well-formed UTF-8, one object, every name once and known, bounded
 * depth; an error says which field and never quotes what was sent. The JSON library is hidden here.
 */
@NullMarked
package dev.chatelaine.http.json;

import org.jspecify.annotations.NullMarked;
