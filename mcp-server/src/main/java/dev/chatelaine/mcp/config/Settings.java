package dev.chatelaine.mcp.config;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.DatabaseLocation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings in force. Immutable; a mistake in one is told when that one is asked for. */
public final class Settings {
    private static final String TENANT = "local";

    private final Map<Setting, String> flags;
    private final Map<String, String> environment;
    private final PlatformFolders folders;

    /** Where a setting's content came from. */
    public enum Source {
        FLAG,
        ENVIRONMENT,
        DEFAULT
    }

    /**
     * The settings that these flags and this environment give.
     *
     * @param osName as the system property {@code os.name} has it
     * @param userHome the user's home folder
     */
    public Settings(Map<Setting, String> flags, Map<String, String> environment, String osName, Path userHome) {
        this.flags = Map.copyOf(flags);
        this.environment = Map.copyOf(environment);
        this.folders = new PlatformFolders(this.environment, osName, userHome);
    }

    /** The settings of this process without flags. */
    public static Settings ofProcess() {
        return new Settings(
                Map.of(), System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    /** Where the setting's content came from. */
    public Source source(Setting setting) {
        if (flags.containsKey(setting)) {
            return Source.FLAG;
        }
        return given(setting).isPresent() ? Source.ENVIRONMENT : Source.DEFAULT;
    }

    /** What was set, if anything; an empty variable counts as not set. */
    public Optional<String> given(Setting setting) {
        return Optional.ofNullable(flags.get(setting))
                .or(() -> Optional.ofNullable(environment.get(setting.variable())))
                .filter(text -> !text.isBlank());
    }

    /** The folder of the vault. */
    public Path home() {
        return given(Setting.HOME).map(text -> path(Setting.HOME, text)).orElseGet(folders::data);
    }

    /** The database's file, where no URL names another place. */
    public Path databaseFile() {
        return home().resolve("chatelaine.db");
    }

    /** Where the database is: on the server that a URL names, or the file in the home. */
    public DatabaseLocation database() {
        return given(Setting.DATABASE_URL)
                .map(DatabaseLocation::url)
                .orElseGet(() -> DatabaseLocation.file(databaseFile()));
    }

    /** The root key's file: apart from the database, also where only the home is set. */
    public Path rootKeyFile() {
        return given(Setting.ROOT_KEY_FILE)
                .map(text -> path(Setting.ROOT_KEY_FILE, text))
                .orElseGet(() -> configuration().resolve("root-key.json"));
    }

    /** The local user's tenant. */
    public TenantId tenant() {
        return new TenantId(given(Setting.TENANT).map(String::strip).orElse(TENANT));
    }

    /** Whether nothing may be changed. */
    public boolean readOnly() {
        return choice(Setting.READ_ONLY, "false", "true", "false").equals("true");
    }

    /** Whether values that an assistant hands over are refused. */
    public boolean inlineValuesDenied() {
        return choice(Setting.INLINE_VALUES, "allow", "allow", "deny").equals("deny");
    }

    /** Whether a page for a value is to be opened in the person's browser by itself. */
    public boolean opensBrowser() {
        return choice(Setting.OPEN_BROWSER, "false", "true", "false").equals("true");
    }

    /** The operator's catalogue, if there is one. */
    public Optional<Path> catalog() {
        return given(Setting.CATALOG).map(text -> path(Setting.CATALOG, text));
    }

    private Path configuration() {
        return given(Setting.HOME).isPresent() ? home().resolve("config") : folders.configuration();
    }

    private String choice(Setting setting, String byDefault, String one, String other) {
        String chosen = given(setting).orElse(byDefault).strip().toLowerCase(Locale.ROOT);
        if (!chosen.equals(one) && !chosen.equals(other)) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD, "{} is {} or {}. Set it to one of them.", setting.variable(), one, other);
        }
        return chosen;
    }

    private static Path path(Setting setting, String text) {
        try {
            return Path.of(text.strip()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "{} is not a path on this machine.", setting.variable());
        }
    }
}
