package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;

/**
 * The root key in a file of its own: a Tink keyset in JSON that only its owner may read. It is made on first use, and
 * replaced as a whole, so that a reader sees the old keys or the new ones and never a part.
 */
public final class KeyFile implements RootKeySource {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int LARGEST = 1 << 20;

    private final Path path;

    /** The file at this path, which need not be there yet. */
    public KeyFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public Optional<RootKeys> find() {
        try {
            refuseIfOthersMayRead();
            if (Files.size(path) > LARGEST) {
                throw malformed();
            }
            return Optional.of(RootKeys.parseJson(Files.readString(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw e instanceof VaultException known ? known : malformed();
        }
    }

    @Override
    public RootKeys create() {
        try {
            AtomicFile.createDirectories(path);
            AtomicFile.create(path, RootKeys.generate().toJson());
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its key is as good as ours.
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(e);
        }
        return find().orElseThrow(() -> unusable(new NoSuchFileException(path.toString())));
    }

    @Override
    public RootKeys addPrimary() {
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            RootKeys present = find().orElseThrow(() -> unusable(new NoSuchFileException(path.toString())));
            RootKeys added = present.withNewPrimary();
            AtomicFile.replace(path, added.toJson());
            return added;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private void refuseIfOthersMayRead() throws IOException {
        if (!AtomicFile.posix(path)) {
            return;
        }
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The root key file {} can be read by others. Nothing was opened.",
                            path)
                    .withNext("chmod 600 '" + path + "'");
        }
    }

    private VaultException malformed() {
        return new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The root key file {} is not a whole Tink keyset (it may be cut short). Nothing was opened.",
                        path)
                .withNext("Restore it from your backup; a vault cannot be opened without its root key.");
    }

    private VaultException unusable(Exception cause) {
        return new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The root key file {} cannot be read or written ({}). Nothing was opened.",
                        path,
                        cause.getClass().getSimpleName())
                .causedBy(cause);
    }
}
