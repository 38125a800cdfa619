package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;

/**
 * The root key in a file of its own: a Tink keyset in JSON that only its owner may read. It is made on first use, and
 * replaced as a whole, so that a reader sees the old keys or the new ones and never a part.
 */
public final class KeyFile implements RootKeySource {
    private static final int LARGEST = 1 << 16;

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
            if (Files.notExists(path)) {
                return Optional.empty();
            }
            refuseWhatIsNoPrivateFile();
            return Optional.of(RootKeys.parseJson(Files.readString(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (GeneralSecurityException | CharacterCodingException e) {
            throw malformed();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public RootKeys create() {
        try {
            PrivateFiles.createFolderOf(path);
            return locked(() -> {
                Optional<RootKeys> present = find();
                return present.isPresent() ? present.get() : written(RootKeys.generate());
            });
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    @Override
    public RootKeys addPrimary() {
        try {
            return locked(() -> written(find().orElseThrow(() -> unusable(new NoSuchFileException(path.toString())))
                    .withNewPrimary()));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** A change of the file, alone among processes and threads. */
    private interface Change {
        RootKeys make() throws IOException, GeneralSecurityException;
    }

    private RootKeys locked(Change change) throws IOException, GeneralSecurityException {
        try (FileChannel channel = PrivateFiles.open(
                        beside(".lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                FileLock held = PrivateFiles.lock(channel, 0)) {
            return change.make();
        }
    }

    /** Writes the file as a whole and durably, and answers the keys that it holds now. */
    private RootKeys written(RootKeys keys) throws IOException, GeneralSecurityException {
        Path draft = beside(".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel =
                PrivateFiles.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(keys.toJson());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        PrivateFiles.moveInto(path, draft);
        return keys;
    }

    private Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private void refuseWhatIsNoPrivateFile() throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
            throw malformed();
        }
        if (PrivateFiles.othersMayUse(path)) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The root key file {} can be used by others. Nothing was opened.",
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
