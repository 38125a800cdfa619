package dev.chatelaine.mcp.cli.serve;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A port, 0 to 65535; the message about anything else does not repeat it. */
final class Port implements ITypeConverter<Integer> {
    private static final int HIGHEST = 65_535;

    @Override
    public Integer convert(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > HIGHEST) {
            throw new TypeConversionException("expected a port from 0 to 65535");
        }
        return Integer.valueOf(text);
    }
}
