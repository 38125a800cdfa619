package dev.chatelaine.mcp.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Makes the start-up archive for the Java runtime that this runs on.
 *
 * <p>Arguments: the program directory, and the directory for archives. Writes to standard error only. Status 0: there is
 * an archive, or this runtime cannot have one; 1: the server does not work, or the directory cannot be written; 2: wrong
 * arguments.
 */
public final class ArchiveMain {

    private ArchiveMain() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2) {
            System.err.println("usage: ArchiveMain PROGRAM-DIRECTORY ARCHIVE-DIRECTORY");
            System.exit(2);
        }
        try {
            JavaRuntime runtime = JavaRuntime.at(Path.of(System.getProperty("java.home", "")));
            StartUpArchive archive = new StartUpArchive(Path.of(args[0]), Path.of(args[1]), runtime, Clock.systemUTC());
            if (!archive.make()) {
                System.err.println("chatelaine: no start-up archive was made; the program starts without one");
            }
        } catch (IOException e) {
            System.err.println("chatelaine: the start-up archive could not be made: " + e.getMessage());
            System.exit(1);
        }
    }
}
