package dev.chatelaine.mcp.host;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An instance that is served over HTTP, for this host and others. No token is ever written: the entry names the place
 * where the host finds it, or leaves it to the host to sign in.
 *
 * @param url where MCP is
 * @param signIn how the host gets its token
 */
public record ServedInstance(URI url, SignIn signIn) implements ServerEntry {
    /** The environment variable that hosts read the token from, where they do not ask for it. */
    public static final String TOKEN_VARIABLE = "CHATELAINE_TOKEN";

    private static final String INPUT = "chatelaine-token";
    private static final String HEADER = "Authorization";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String PATH = "/mcp";

    /** How a host gets its token. */
    public enum SignIn {
        /** The person has one: the host reads it from its environment, or asks for it and keeps it. */
        TOKEN,
        /** The host sends the person to the organisation's provider, which the instance names. */
        OAUTH
    }

    /**
     * The instance at an address, to which {@code /mcp} is added where it has no path.
     *
     * @return nothing for what is no address of one: it is https, or http on this machine, without user, query and
     *     fragment
     */
    public static Optional<ServedInstance> at(String address, SignIn signIn) {
        URI url;
        try {
            url = URI.create(address.strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean plain = url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
        if (!plain || !isSafe(url)) {
            return Optional.empty();
        }
        String path = url.getRawPath();
        return Optional.of(
                path.isEmpty() || path.equals("/")
                        ? new ServedInstance(url.resolve(PATH), signIn)
                        : new ServedInstance(url, signIn));
    }

    /** Beyond this machine, a token does not travel in the clear. */
    private static boolean isSafe(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                || (scheme.equals("http") && LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT)));
    }

    @Override
    public ObjectNode members(McpHost host) {
        String token = host.tokenReference(TOKEN_VARIABLE, INPUT)
                .orElseThrow(() -> new SetupException(
                        host.displayName() + " takes no address from its file; nothing was changed.",
                        "Add " + url + " as a custom connector in its settings, where Anthropic's servers can reach"
                                + " it and a provider signs people in; docs/hosts.md has the other ways."));
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        if (host.namesTransport()) {
            entry.put("type", "http");
        }
        entry.put("url", url.toString());
        if (signIn == SignIn.TOKEN) {
            entry.putObject("headers").put(HEADER, "Bearer " + token);
        }
        return entry;
    }

    /** A header of that name in other letters would be sent beside this one. */
    @Override
    public boolean replaces(JsonNode entry) {
        boolean launched = Stream.of("command", "args", "serverUrl").anyMatch(entry::has);
        return launched
                || entry.path("headers").propertyNames().stream()
                        .filter(HEADER::equalsIgnoreCase)
                        .anyMatch(name -> signIn == SignIn.OAUTH || !name.equals(HEADER));
    }

    @Override
    public Optional<ObjectNode> input(McpHost host) {
        if (signIn == SignIn.OAUTH || !host.asksForInputs()) {
            return Optional.empty();
        }
        return Optional.of(JsonNodeFactory.instance
                .objectNode()
                .put("type", "promptString")
                .put("id", INPUT)
                .put("description", "Token for Chatelaine")
                .put("password", true));
    }

    @Override
    public String nextStep(McpHost host) {
        if (signIn == SignIn.OAUTH) {
            return host.nextStep() + " It sends you to sign in.";
        }
        return host.asksForInputs()
                ? host.nextStep() + " It asks for the token and keeps it."
                : "Put the token into " + TOKEN_VARIABLE + " in the environment that " + host.displayName()
                        + " is started in. " + host.nextStep();
    }
}
