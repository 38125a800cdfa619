package dev.chatelaine.vault.move;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A move in a process of its own, which says each step and how it ended. */
final class MovingProcess {
    private MovingProcess() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        MovableVault vault = new MovableVault(Path.of(arguments[0]));
        MoveResult result = vault.move()
                .move(
                        vault.file(),
                        MovableVault.at(System.getenv("CHATELAINE_MIGRATE_TO")),
                        false,
                        (done, whole) -> out.println("step " + done + " " + whole));
        out.println(result.outcome().label() + " " + result.copied().present());
    }
}
