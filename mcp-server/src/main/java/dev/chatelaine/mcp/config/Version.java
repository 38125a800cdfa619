package dev.chatelaine.mcp.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which Chatelaine this is. */
public final class Version {
    private Version() {}

    /** The version of this build, such as {@code 0.1.0}. */
    public static String ofBuild() {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            if (in == null) {
                throw new IllegalStateException("this build of Chatelaine is incomplete: build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("this build of Chatelaine is incomplete: build it again", e);
        }
    }
}
