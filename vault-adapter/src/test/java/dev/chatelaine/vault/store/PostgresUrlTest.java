package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresUrlTest {
    private static final String SECRET = "s3cret-word";

    @Test
    void allPartsAreDecoded() {
        PGSimpleDataSource source =
                source("postgresql://an%40na:p%2F%3a%3F%23%25%C3%A4%20+x@db.example.com:6432/va%20ult"
                        + "?sslmode=verify-ca&sslrootcert=%2Fetc%2Fca.pem&application_name=node%201");
        assertThat(source.getUser()).isEqualTo("an@na");
        assertThat(source.getPassword()).isEqualTo("p/:?#%ä +x");
        assertThat(source.getServerNames()).containsExactly("db.example.com");
        assertThat(source.getPortNumbers()).containsExactly(6432);
        assertThat(source.getDatabaseName()).isEqualTo("va ult");
        assertThat(source.getSslMode()).isEqualTo("verify-ca");
        assertThat(source.getSslRootCert()).isEqualTo("/etc/ca.pem");
        assertThat(source.getApplicationName()).isEqualTo("node 1");
    }

    @Test
    void portUserAndPasswordMayBeLeftOut() {
        PGSimpleDataSource source = source("postgres://[::1]/vault");
        assertThat(source.getPortNumbers()).containsExactly(5432);
        assertThat(source.getServerNames()).containsExactly("[::1]");
        assertThat(source.getUser()).isNull();
        assertThat(source.getPassword()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,prefer",
        "127.0.0.1,prefer",
        "[::1],prefer",
        "db,verify-full",
        "10.0.0.7,verify-full",
        "localhost.example.com,verify-full"
    })
    void anotherMachineMustProveItselfUnlessSaidOtherwise(String host, String mode) {
        assertThat(source("postgresql://u:p@" + host + "/vault").getSslMode()).isEqualTo(mode);
        assertThat(source("postgresql://u:p@" + host + "/vault?sslmode=disable").getSslMode())
                .isEqualTo("disable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "postgresql:",
                "jdbc:postgresql://anna:s3cret-word@db/vault",
                "mysql://anna:s3cret-word@db/vault",
                "postgresql://anna:s3cret-word@db",
                "postgresql://anna:s3cret-word@db/",
                "postgresql://anna:s3cret-word@/vault",
                "postgresql://:s3cret-word@db/vault",
                "postgresql://anna:s3cret-word@x@db/vault",
                "postgresql://anna:s3cret-word:x@db/vault",
                "postgresql://anna:s3cret-word@db:0/vault",
                "postgresql://anna:s3cret-word@db:65536/vault",
                "postgresql://anna:s3cret-word@db:99999999999/vault",
                "postgresql://anna:s3cret-word@db,db2/vault",
                "postgresql://anna:s3cret-word@db/vault/more",
                "postgresql://anna:s3cret-word@db/vault#part",
                "postgresql://anna:s3cret-word%@db/vault",
                "postgresql://anna:s3cret-word%4@db/vault",
                "postgresql://anna:s3cret-word%zz@db/vault",
                "postgresql://anna:s3cret-word%ff@db/vault",
                "postgresql://anna:s3cret-word%00@db/vault",
                "postgresql://anna:s3cret-word%0a@db/vault",
                "postgresql://db/vault?password=s3cret-word",
                "postgresql://db/vault?user=anna",
                "postgresql://db/vault?socketFactory=s3cret-word",
                "postgresql://db/vault?loggerFile=s3cret-word",
                "postgresql://db/vault?sslmode=s3cret-word",
                "postgresql://db/vault?sslmode=disable&sslmode=disable",
                "postgresql://db/vault?=s3cret-word",
                "postgresql://db/vault?s3cret-word",
                "postgresql://db/vault?sslmode=disable&",
                "postgresql://db/vault?application_name="
            })
    void whatIsNotUnderstoodIsRefusedAndNotShown(String url) {
        VaultException refused = catchThrowableOfType(VaultException.class, () -> DatabaseLocation.url(url));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refused.field()).isEqualTo("database_url");
        assertThat(refused.text() + refused.next()).doesNotContain(SECRET).doesNotContain("anna");
        assertThat(refused.getCause()).isNull();
    }

    @Test
    void whatItSaysOfItselfHasNoCredentials() {
        DatabaseLocation location = DatabaseLocation.url("postgresql://anna:s3cret-word@db:6432/vault?sslmode=require");
        assertThat(location).hasToString("postgresql://db:6432/vault");
        assertThat(source("postgresql://anna:s3cret-word@db/vault").getURL()).doesNotContain(SECRET);
    }

    private static PGSimpleDataSource source(String url) {
        return PostgresUrl.parse(url).source(Duration.ofSeconds(5));
    }
}
