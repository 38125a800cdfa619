/**
 * What every page is made of, wherever it is served: the one stylesheet, the mark, and the field for a value. Hides
 * where these files lie; under which address they are found is for those who serve pages.
 */
@NullMarked
package dev.chatelaine.http.page;

import org.jspecify.annotations.NullMarked;
