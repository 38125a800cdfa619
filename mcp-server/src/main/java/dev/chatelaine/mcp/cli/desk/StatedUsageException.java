package dev.chatelaine.mcp.cli.desk;

import com.google.errorprone.annotations.CompileTimeConstant;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Wrong usage that a command itself found; the message is a constant, so that it repeats nothing that was typed. */
public final class StatedUsageException extends ParameterException {
    private static final long serialVersionUID = 1L;

    /** Wrong usage of this command. */
    public StatedUsageException(CommandLine command, @CompileTimeConstant final String message) {
        super(command, message);
    }
}
