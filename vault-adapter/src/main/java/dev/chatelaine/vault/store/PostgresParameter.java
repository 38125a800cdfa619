package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What may be set in a database's URL. The driver knows many more, some of which load a class by its name or write what
 * it sends into a file: they are refused.
 */
enum PostgresParameter {
    SSLMODE("disable|allow|prefer|require|verify-ca|verify-full", PGSimpleDataSource::setSslMode),
    SSLROOTCERT(".+", PGSimpleDataSource::setSslRootCert),
    SSLCERT(".+", PGSimpleDataSource::setSslCert),
    SSLKEY(".+", PGSimpleDataSource::setSslKey),
    CHANNEL_BINDING("disable|prefer|require", PGSimpleDataSource::setChannelBinding),
    APPLICATION_NAME("[\\x20-\\x7e]{1,63}", PGSimpleDataSource::setApplicationName);

    private final String values;

    @SuppressWarnings("ImmutableEnumChecker") // a method's name, without any state
    private final BiConsumer<PGSimpleDataSource, String> setter;

    PostgresParameter(String values, BiConsumer<PGSimpleDataSource, String> setter) {
        this.values = values;
        this.setter = setter;
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The parameter of that name; the refusal of another shows the names that there are. */
    static PostgresParameter named(String name) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new VaultException(
                                ErrorCode.INVALID_FIELD,
                                "The database URL has a parameter that is not known. These are: {}. User and password"
                                        + " go before the host.",
                                Arrays.stream(values())
                                        .map(PostgresParameter::label)
                                        .collect(Collectors.joining(", ")))
                        .withField("database_url"));
    }

    String checked(String value) {
        if (!value.matches(values)) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "The database URL's parameter {} is not one of {}.",
                            label(),
                            values)
                    .withField("database_url");
        }
        return value;
    }

    void apply(PGSimpleDataSource source, String value) {
        setter.accept(source, value);
    }
}
