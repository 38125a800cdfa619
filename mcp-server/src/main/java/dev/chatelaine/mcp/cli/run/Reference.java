package dev.chatelaine.mcp.cli.run;

import dev.chatelaine.vault.secret.SecretName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A secret and the environment variable that shall hold it.
 *
 * @param variable the variable
 * @param secret the secret's name or id
 */
record Reference(EnvironmentName variable, SecretName secret) {

    /** What is typed, before either name is checked: {@code ENV=NAME}. */
    record Typed(String variable, String secret) {
        Reference checked() {
            return new Reference(new EnvironmentName(variable), SecretName.of(secret));
        }
    }

    /** Splits {@code ENV=NAME}. */
    static final class Converter implements ITypeConverter<Typed> {
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
