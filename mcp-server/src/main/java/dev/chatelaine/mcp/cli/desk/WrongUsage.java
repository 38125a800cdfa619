package dev.chatelaine.mcp.cli.desk;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a person reads when a command line makes no sense. Nothing that was typed is repeated, since it may be a value
 * in the wrong place; but for the name of an option.
 */
public final class WrongUsage implements IParameterExceptionHandler {
    private static final Pattern OPTION_NAME = Pattern.compile("--?[a-z]+(-[a-z]+){0,3}");
    private static final int LONGEST_OPTION = 24;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched) {
            unmatched(command, unmatched);
        } else {
            Refusals.tell(command.getErr(), safe(e), help(command));
        }
        return ExitCode.USAGE;
    }

    private static void unmatched(CommandLine command, UnmatchedArgumentException e) {
        String first = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().get(0);
        if (takesValue(command)) {
            Refusals.tell(
                    command.getErr(),
                    unknown(first) + " A value is never given as an argument: other users of this machine see arguments"
                            + " there, and the shell's history keeps them. Nothing was stored. If a value was among"
                            + " the arguments, replace it at its source: it has been shown.",
                    command.getCommandSpec().qualifiedName() + " "
                            + command.getCommandSpec()
                                    .positionalParameters()
                                    .get(0)
                                    .paramLabel()
                            + "    (asks for the value)");
            return;
        }
        List<String> similar = e.getSuggestions().stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
        boolean group = !command.getSubcommands().isEmpty();
        String next = group && !similar.isEmpty()
                ? command.getCommandSpec().qualifiedName() + " " + similar.get(0) + "    (did you mean this?)"
                : help(command);
        Refusals.tell(
                command.getErr(), group && !first.startsWith("-") ? "There is no such command." : unknown(first), next);
    }

    private static String unknown(String argument) {
        String name = argument.split("=", 2)[0];
        return OPTION_NAME.matcher(name).matches() && name.length() <= LONGEST_OPTION
                ? "There is no option " + name + " here."
                : "There is an argument too many.";
    }

    /** Picocli's own words where they name options and parameters only, as those about missing ones do. */
    private static String safe(ParameterException e) {
        if (e instanceof MissingParameterException || e.getCause() instanceof TypeConversionException) {
            return sentence(String.valueOf(e.getMessage()));
        }
        if (e instanceof OverwrittenOptionException) {
            return "An option that may be given once is given twice.";
        }
        return e instanceof StatedUsageException ? String.valueOf(e.getMessage()) : "The arguments make no sense.";
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private static boolean takesValue(CommandLine command) {
        return command.getCommandSpec().userObject() instanceof TakesValue;
    }

    private static String help(CommandLine command) {
        return command.getCommandSpec().qualifiedName() + " --help";
    }
}
