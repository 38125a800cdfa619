package dev.chatelaine.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The files that pages share. */
public final class PageFiles {
    private PageFiles() {}

    /**
     * A file's bytes; null where there is none of that name.
     *
     * @param name without any folder
     */
    public static byte @Nullable [] read(String name) {
        return read(PageFiles.class, name);
    }

    /** The same of the files that lie beside a class. */
    public static byte @Nullable [] read(Class<?> beside, String name) {
        try (InputStream file = beside.getResourceAsStream(name)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
