package dev.chatelaine.mcp.cli.desk;

import java.io.PrintWriter;

/**
 * What a provider said of a key.
 *
 * @param answer a tool's answer to {@code verify}
 * @param replacing the command that replaces the key
 */
public record Verdict(Facts answer, String replacing) {
    /** Whether the provider accepted the key. */
    public boolean good() {
        return "valid".equals(answer.text("status"));
    }

    /** Says so. */
    public void print(PrintWriter out) {
        String key = "The key of " + answer.text("name");
        switch (String.valueOf(answer.text("status"))) {
            case "valid" -> out.println(key + " is valid: its provider accepted it.");
            case "invalid" -> {
                out.println(key + " is invalid: its provider refused it.");
                out.println("Next: " + replacing);
            }
            case "unsupported" -> out.println(key + " was not checked: its provider has no request that would tell.");
            default -> out.println(key + " was not checked: its provider could not be reached. Try again later.");
        }
    }
}
