package dev.chatelaine.mcp.cli.session;

import dev.chatelaine.mcp.runtime.OnUpdate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --on-update}; the message about anything else does not repeat it. */
final class UpdateWay implements ITypeConverter<OnUpdate> {
    @Override
    public OnUpdate convert(String text) {
        return switch (text) {
            case "restart" -> OnUpdate.RESTART;
            case "signal" -> OnUpdate.SIGNAL;
            case "file" -> OnUpdate.FILE;
            default -> throw new TypeConversionException("expected restart, signal or file");
        };
    }
}
