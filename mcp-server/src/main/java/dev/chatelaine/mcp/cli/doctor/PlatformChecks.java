package dev.chatelaine.mcp.cli.doctor;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.store.DatabaseInspection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the vault stands on: Java, the libraries, the folder, the disk, the settings. */
final class PlatformChecks {
    private static final int OLDEST_JAVA = 17;
    private static final String OLDEST_SQLITE = "3.51.3";
    private static final long LEAST_FREE_MIB = 100;
    private static final long MIB = 1 << 20;

    private final Desk desk;

    PlatformChecks(Desk desk) {
        this.desk = desk;
    }

    /** Makes the checks; answers whether the settings can be relied on. */
    boolean make(Checks checks) {
        checks.make("java", this::java);
        checks.make("sqlite", PlatformChecks::sqlite);
        checks.make("start-up", this::startUp);
        boolean settings = checks.make("settings", this::settings);
        boolean catalogue = checks.make("catalogue", this::catalogue);
        if (settings) {
            checks.make("home", () -> home(desk.settings().home()));
            checks.make("disk", () -> disk(desk.settings().home()));
        }
        return settings && catalogue;
    }

    private Finding java() {
        Map<String, String> properties = desk.surroundings().properties();
        String found =
                properties.getOrDefault("java.version", "?") + ", " + properties.getOrDefault("java.vendor", "?");
        return Runtime.version().feature() >= OLDEST_JAVA
                ? Finding.good("java", found)
                : Finding.bad("java", found + " is too old", "Install Java 17 or newer, and set JAVA_HOME to it.");
    }

    private static Finding sqlite() {
        String library = DatabaseInspection.library();
        return Runtime.Version.parse(library).compareTo(Runtime.Version.parse(OLDEST_SQLITE)) >= 0
                ? Finding.good("sqlite", library)
                : Finding.bad(
                        "sqlite", library + " is older than " + OLDEST_SQLITE, "Use the library that is bundled.");
    }

    private Finding startUp() {
        Map<String, String> properties = desk.surroundings().properties();
        String program = properties.getOrDefault("java.class.path", "").split(File.pathSeparator, 2)[0];
        Path archives = Path.of(program).resolveSibling("archive");
        String version = properties.getOrDefault("java.version", "");
        boolean there = Files.isRegularFile(archives.resolve(version + ".jsa"))
                || Files.isRegularFile(archives.resolve(version + ".aot"));
        return there
                ? Finding.good("start-up", "an archive of prepared classes for Java " + version)
                : Finding.note(
                        "start-up",
                        "no archive of prepared classes beside the program: it starts more slowly",
                        "The next start makes one in the background, if the folder can be written.");
    }

    private Finding settings() {
        Settings settings = desk.settings();
        String found = "tenant " + settings.tenant() + (settings.readOnly() ? ", read only" : "")
                + (settings.inlineValuesDenied() ? ", no values from assistants" : "");
        return Finding.good("settings", found);
    }

    private Finding catalogue() {
        Catalog catalog = desk.settings().catalog().map(Catalog::load).orElseGet(Catalog::builtIn);
        String from =
                desk.settings().catalog().map(file -> ", changed by " + file).orElse(", as built in");
        return Finding.good(
                "catalogue",
                catalog.providers().size() + " providers, " + catalog.plans().size() + " plans" + from);
    }

    private static Finding home(Path home) throws IOException {
        if (!Files.exists(home)) {
            Path above = existing(home);
            return Files.isWritable(above)
                    ? Finding.note(
                            "home", home + " is not there yet", "The first secret makes it: chatelaine secret set NAME")
                    : Finding.bad(
                            "home",
                            home + " is not there, and cannot be made in " + above,
                            "Make it, or set CHATELAINE_HOME.");
        }
        if (!Files.isDirectory(home) || !Files.isWritable(home)) {
            return Finding.bad("home", home + " is no folder that can be written", "Set its owner and permissions.");
        }
        return Permissions.ownerOnly(home)
                ? Finding.good("home", home.toString())
                : Finding.bad("home", home + " is open to other users", "chmod 700 '" + home + "'");
    }

    private static Finding disk(Path home) throws IOException {
        long free = Files.getFileStore(existing(home)).getUsableSpace() / MIB;
        return free >= LEAST_FREE_MIB
                ? Finding.good("disk", free + " MiB free")
                : Finding.bad(
                        "disk", "only " + free + " MiB free", "Free some space: a full disk refuses every change.");
    }

    private static Path existing(Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
