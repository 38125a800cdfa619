package dev.chatelaine.mcp.cli.desk;

import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.secret.SecretName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A secret and the environment variable that shall hold it.
 *
 * @param variable the variable
 * @param secret the secret's name or id
 */
public record Reference(KeyName variable, SecretName secret) {

    /**
     * What is typed, before either name is checked: {@code ENV=NAME}.
     *
     * @param variable the variable
     * @param secret the secret
     */
    public record Typed(String variable, String secret) {
        /**
         * The reference, where both are names.
         *
         * @throws dev.chatelaine.vault.VaultException {@code invalid_name}, {@code reserved_key_name}
         */
        public Reference checked() {
            return new Reference(new KeyName(variable), SecretName.of(secret));
        }
    }

    /** Splits {@code ENV=NAME}. */
    public static final class Converter implements ITypeConverter<Typed> {
        @Override
        public Typed convert(String typed) {
            int equals = typed.indexOf('=');
            if (equals <= 0) {
                throw new TypeConversionException("expected ENV=NAME, a variable and a secret's name");
            }
            return new Typed(typed.substring(0, equals), typed.substring(equals + 1));
        }
    }
}
