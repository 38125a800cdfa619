package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database and how to reach it: {@code postgresql://user:password@host:port/database?sslmode=verify-full}
 * as libpq has it (PostgreSQL manual, 34.1.1.2), with one host and of the parameters only those that
 * {@link PostgresParameter} lists. What is said of it, by itself or in an error, never has the user or the password in
 * it.
 */
final class PostgresUrl {
    private static final Pattern SHAPE =
            Pattern.compile("postgres(?:ql)?://(?:(?<user>[^:@/?#]*)(?::(?<password>[^:@/?#]*))?@)?"
                    + "(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?"
                    + "/(?<database>[^/?#]+)(?:\\?(?<parameters>[^#]*))?");
    private static final int USUAL_PORT = 5432;
    private static final int LAST_PORT = 65_535;

    private final String host;
    private final int port;
    private final String database;
    private final @Nullable String user;
    private final @Nullable String password;
    private final Map<PostgresParameter, String> parameters;

    private PostgresUrl(Matcher parts) {
        this.host = parts.group("host");
        this.port = parts.group("port") == null ? USUAL_PORT : port(parts.group("port"));
        this.database = decoded(parts.group("database"));
        this.user = parts.group("user") == null ? null : decoded(parts.group("user"));
        this.password = parts.group("password") == null ? null : decoded(parts.group("password"));
        this.parameters = parameters(parts.group("parameters"));
        if (user != null && user.isEmpty()) {
            throw malformed();
        }
    }

    private PostgresUrl(PostgresUrl other, String password) {
        this.host = other.host;
        this.port = other.port;
        this.database = other.database;
        this.user = other.user;
        this.password = password;
        this.parameters = other.parameters;
    }

    /** The same with this password, which is not encoded. */
    PostgresUrl withPassword(String given) {
        return new PostgresUrl(this, given);
    }

    boolean hasPassword() {
        return password != null;
    }

    /**
     * Reads a URL.
     *
     * @throws VaultException {@code invalid_field}, which shows nothing of the URL but a parameter's name
     */
    static PostgresUrl parse(String text) {
        Matcher parts = SHAPE.matcher(text.strip());
        if (!parts.matches()) {
            throw malformed();
        }
        return new PostgresUrl(parts);
    }

    /**
     * A source of connections, none of which is open yet. The server's details of an error, which quote values, stay out
     * of its exceptions.
     */
    PGSimpleDataSource source(Duration patience) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("chatelaine");
        source.setSslMode(isLocal() ? "prefer" : "verify-full");
        source.setConnectTimeout((int) patience.toSeconds());
        source.setLoginTimeout((int) patience.toSeconds() + 1);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false);
        parameters.forEach((parameter, value) -> parameter.apply(source, value));
        return source;
    }

    /** Whether the host is this machine: there nobody stands between, and servers have no certificate. */
    private boolean isLocal() {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > LAST_PORT) {
            throw malformed();
        }
        return port;
    }

    private static Map<PostgresParameter, String> parameters(@Nullable String query) {
        Map<PostgresParameter, String> parameters = new TreeMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw malformed();
            }
            PostgresParameter parameter = PostgresParameter.named(decoded(pair.substring(0, equals)));
            String value = parameter.checked(decoded(pair.substring(equals + 1)));
            if (parameters.put(parameter, value) != null) {
                throw malformed();
            }
        }
        return parameters;
    }

    /** Percent-decoded (RFC 3986, 2.1), strictly: what is not UTF-8, or a control character, is a mistake. */
    private static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                plain.put(bytes[i]);
                continue;
            }
            int high = i + 1 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw malformed();
            }
            plain.put((byte) (high * 16 + low));
            i += 2;
        }
        return text(plain.flip());
    }

    private static String text(ByteBuffer utf8) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw malformed();
        }
        return text;
    }

    private static VaultException malformed() {
        return new VaultException(
                        ErrorCode.INVALID_FIELD,
                        "The database URL is not understood. It is postgresql://user:password@host:port/database, and"
                                + " perhaps ?sslmode=verify-full; in the user and the password every character but"
                                + " letters, digits and -._~ is percent-encoded (@ is %40).")
                .withField("database_url");
    }

    /** Where it is, without anybody's name or password. */
    @Override
    public String toString() {
        return "postgresql://" + host + ":" + port + "/" + database;
    }
}
