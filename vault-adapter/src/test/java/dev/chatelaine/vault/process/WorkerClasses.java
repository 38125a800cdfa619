package dev.chatelaine.vault.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What workers are started with: the test's class path, with an archive where there are hundreds of them. */
final class WorkerClasses {
    private WorkerClasses() {}

    /** The test's own class path, as it is. */
    static List<String> plain() {
        return List.of("-cp", path());
    }

    /** The same with an archive in this folder. */
    static List<String> archived(Path folder) throws IOException {
        return ClassArchive.make(path(), folder, arguments -> rehearse(folder.resolve("rehearsal"), arguments))
                .arguments();
    }

    private static String path() {
        return System.getProperty("java.class.path");
    }

    private static void rehearse(Path folder, List<String> arguments) {
        try (WorkerProcess worker = WorkerProcess.start(folder, arguments)) {
            worker.ready();
            worker.send("create name value");
            worker.awaitLine("ok");
            worker.finish();
        }
    }
}
