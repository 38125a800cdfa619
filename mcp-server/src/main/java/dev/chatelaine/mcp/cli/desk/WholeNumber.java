package dev.chatelaine.mcp.cli.desk;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number from 1; the message about anything else does not repeat it. */
public final class WholeNumber implements ITypeConverter<Long> {
    private static final int MOST_DIGITS = 9;

    @Override
    public Long convert(String text) {
        if (!text.matches("[0-9]{1," + MOST_DIGITS + "}") || Long.parseLong(text) < 1) {
            throw new TypeConversionException("expected a whole number from 1");
        }
        return Long.valueOf(text);
    }
}
