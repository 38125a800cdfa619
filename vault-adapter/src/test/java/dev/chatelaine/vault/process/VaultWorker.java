package dev.chatelaine.vault.process;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own with a vault open. It says {@code ready}, does one command per line of its input, and says what
 * came of each: {@code ok …} when the vault has acknowledged it, {@code failed CODE} when the vault has refused.
 */
final class VaultWorker {
    private final VaultFolder files;
    private final PrintStream out;
    private final BufferedReader in;

    private VaultWorker(Path folder, PrintStream out) {
        this.files = new VaultFolder(folder);
        this.out = out;
        this.in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        new VaultWorker(Path.of(arguments[0]), out).run();
    }

    private void run() throws IOException {
        out.println("up");
        in.readLine();
        try (Vault vault = files.open()) {
            Actor actor = VaultFolder.owner(vault, "acme");
            out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer(vault, actor, line.split(" ", -1));
            }
        } catch (VaultException e) {
            out.println("failed " + e.code().code() + " " + e.text());
        }
    }

    private void answer(Vault vault, Actor actor, String[] command) {
        switch (command[0]) {
            case "create" -> out.println(tried(() -> VaultFolder.create(vault, actor, command[1], command[2])));
            case "write" -> write(vault, actor, command[1]);
            case "mix" -> mix(vault, actor, command[1]);
            case "spend" -> {
                Thread stop = stopper();
                new LedgerLoad(vault, actor, List.of(command).subList(1, command.length), out).run(stop::isAlive);
            }
            case "rotate-root" ->
                out.println(tried(() -> vault.rootRotation()
                        .rotate(actor, (done, whole) -> out.println("step " + done + " " + whole))));
            case "rotate-tenant" ->
                out.println(tried(() -> vault.tenantRotation()
                        .rotate(actor, (done, whole) -> out.println("step " + done + " " + whole))));
            default -> throw new IllegalArgumentException(command[0]);
        }
    }

    /** Makes secrets {@code NAME-1}, {@code NAME-2} … until the input says stop or the process is killed. */
    private void write(Vault vault, Actor actor, String name) {
        Thread stop = stopper();
        for (int i = 1; stop.isAlive(); i++) {
            String made = name + "-" + i;
            out.println(tried(() -> VaultFolder.create(vault, actor, made, "value of " + made)) + " " + made);
        }
        out.println("stopped");
    }

    /** Reads, reveals, replaces and makes tenants until the input says stop. */
    private void mix(Vault vault, Actor actor, String name) {
        Thread stop = stopper();
        VaultFolder.create(vault, actor, name, "value 0");
        for (int i = 1; stop.isAlive(); i++) {
            int round = i;
            out.println(tried(() -> round(vault, actor, name, round)));
        }
        out.println("stopped");
    }

    private static void round(Vault vault, Actor actor, String name, int i) {
        String value = "value " + i;
        vault.secrets().update(actor, new SecretName(name), new SecretChange(SecretValue.of(value), null, null));
        if (!VaultFolder.holds(vault, actor, name, value)) {
            throw new IllegalStateException("another value");
        }
        vault.secrets().get(actor, new SecretName(name));
        if (i % 10 == 0) {
            Actor other = VaultFolder.actor(name + "-" + i, Role.OWNER);
            vault.tenants().ensure(other, VaultFolder.PLAN);
            VaultFolder.create(vault, other, "first", "value");
        }
    }

    private Thread stopper() {
        Thread stop = new Thread(() -> {
            try {
                in.readLine();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        stop.setDaemon(true);
        stop.start();
        return stop;
    }

    private static String tried(Runnable work) {
        try {
            work.run();
            return "ok";
        } catch (VaultException e) {
            return "failed " + e.code().code() + " " + e.text();
        }
    }
}
