package dev.chatelaine.mcp.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Everything that can be set. The environment variable is {@code CHATELAINE_} and the constant's name. */
public enum Setting {
    HOME("the folder that holds the vault", "the platform's data folder", false),
    DATABASE_URL("a PostgreSQL database: postgresql://user:password@host/database", "a SQLite file in the home", true),
    MIGRATE_TO("where `migrate` moves the vault: a URL like the database's", "not set", true),
    ROOT_KEY_FILE("the file that holds the root key", "in the platform's configuration folder", false),
    ROOT_KEY("the root key itself, instead of a file: base64 of 32 bytes, or a Tink keyset", "not set", true),
    TENANT("the tenant of the local user", "local", false),
    READ_ONLY("true removes everything that changes the vault", "false", false),
    INLINE_VALUES("deny refuses values that an assistant hands over", "allow", false),
    OPEN_BROWSER("true opens the page for a value in the browser by itself, on a desktop", "false", false),
    CATALOG("a YAML file that adds to or overrides providers, plans and models", "not set", false),
    PRIVATE_ENDPOINTS("hosts, host:port or CIDR that base URLs may reach although they are private", "none", false),
    PUBLIC_URL("the address of `serve` as its clients know it: https://vault.example.com", "where it listens", false),
    ISSUER("the OpenID provider whose tokens count", "the instance itself", false),
    AUDIENCE("what tokens are for, where it is not the public address", "the public address", false),
    TENANT_CLAIM("the claim of a token with its tenant", "tenant", false),
    ROLES_CLAIM("the claim of a token with its roles", "roles", false),
    OIDC_CLIENT_ID("this service's client id at the provider: the console signs in by it", "not set", false),
    OIDC_CLIENT_SECRET("the client's secret, unless it is a public client", "not set", true),
    OIDC_SCOPES("what the console asks the provider for, with blanks between them", "openid profile", false),
    ALLOWED_HOSTS("more host names that `serve` answers to, with commas between them", "none", false),
    ALLOWED_ORIGINS("origins whose pages may call, with commas between them", "none", false),
    SERVER("where `session run` finds `serve`", "http://127.0.0.1:8470", false),
    TOKEN("the bearer token of `session run`, where the vault of `serve` is not at hand", "not set", true);

    private final String purpose;
    private final String defaultText;
    private final boolean secret;

    Setting(String purpose, String defaultText, boolean secret) {
        this.purpose = purpose;
        this.defaultText = defaultText;
        this.secret = secret;
    }

    /** The environment variable: {@code CHATELAINE_HOME}. */
    public String variable() {
        return "CHATELAINE_" + name();
    }

    /** The setting's name in listings: {@code root_key_file}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is for, in a few words. */
    public String purpose() {
        return purpose;
    }

    /** What it is when nobody sets it, in a few words. */
    public String defaultText() {
        return defaultText;
    }

    /** The environment variables whose content must never be shown, nor be handed on to a child. */
    public static List<String> secrets() {
        return Arrays.stream(values())
                .filter(Setting::secret)
                .map(Setting::variable)
                .toList();
    }

    /** Whether its content must never be shown. */
    public boolean secret() {
        return secret;
    }
}
