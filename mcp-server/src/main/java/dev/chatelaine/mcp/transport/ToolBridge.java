package dev.chatelaine.mcp.transport;

import dev.chatelaine.mcp.tool.EntryFallback;
import dev.chatelaine.mcp.tool.ToolHandler;
import dev.chatelaine.mcp.tool.ToolOutcome;
import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.mcp.tool.Tools;
import dev.chatelaine.schemas.ToolDefinition;
import dev.chatelaine.vault.access.Actor;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The tools as the SDK wants them: definitions to list, and calls that become outcomes that become results. */
final class ToolBridge {
    private static final Logger LOG = LoggerFactory.getLogger(ToolBridge.class);

    private final Supplier<Tools> tools;
    private final Function<McpAsyncServerExchange, Actor> actor;
    private final Executor calls;
    private final Supplier<PersonAsked> people;

    /**
     * A bridge.
     *
     * @param tools asked by each call, and not before the first
     * @param actor tells who calls; asked by each call, where it runs
     * @param calls where calls run
     * @param people has values entered; asked by the first call that needs one
     */
    ToolBridge(
            Supplier<Tools> tools,
            Function<McpAsyncServerExchange, Actor> actor,
            Executor calls,
            Supplier<PersonAsked> people) {
        this.people = people;
        this.tools = tools;
        this.actor = actor;
        this.calls = calls;
    }

    AsyncToolSpecification specification(ToolDefinition definition) {
        return AsyncToolSpecification.builder()
                .tool(tool(definition))
                .callHandler((exchange, request) -> called(exchange, request))
                .build();
    }

    private static Tool tool(ToolDefinition definition) {
        dev.chatelaine.schemas.ToolAnnotations hints = definition.annotations();
        return Tool.builder(definition.name(), definition.inputSchema())
                .title(definition.title())
                .description(definition.description())
                .outputSchema(definition.outputSchema())
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(hints.readOnlyHint())
                        .destructiveHint(hints.destructiveHint())
                        .idempotentHint(hints.idempotentHint())
                        .openWorldHint(hints.openWorldHint())
                        .build())
                .build();
    }

    /** A call that was performed, and who made it. */
    private record Performed(Actor actor, ToolOutcome outcome) {}

    private Mono<CallToolResult> called(McpAsyncServerExchange exchange, CallToolRequest request) {
        return Mono.<Performed>create(sink -> calls.execute(() -> {
                    try {
                        sink.success(perform(exchange, request));
                    } catch (RuntimeException | LinkageError e) {
                        sink.error(e);
                    }
                }))
                .flatMap(performed -> performed.outcome() instanceof NeedsEntry needed
                        ? people.get().outcome(exchange, performed.actor(), needed, request.progressToken())
                        : Mono.just(performed.outcome()))
                .map(ToolBridge::result)
                .onErrorMap(e -> {
                    LOG.atError().addKeyValue("error", e.getClass().getName()).log("a call failed unexpectedly");
                    return unexpected();
                });
    }

    private Performed perform(McpAsyncServerExchange exchange, CallToolRequest request) {
        Map<String, Object> arguments = request.arguments();
        ToolHandler tool = tools.get().find(request.name()).orElseThrow();
        Actor caller = actor.apply(exchange).through(ClientName.of(exchange.getClientInfo()));
        return new Performed(caller, tool.call(caller, arguments == null ? Map.of() : arguments));
    }

    private static CallToolResult result(ToolOutcome outcome) {
        if (outcome instanceof Done done) {
            return result(done.text(), false, done.structured());
        }
        Failed failed = outcome instanceof NeedsEntry needed ? EntryFallback.toError(needed) : (Failed) outcome;
        return result(failed.text(), true, failed.structured());
    }

    private static CallToolResult result(String text, boolean isError, Map<String, ?> structured) {
        return new CallToolResult(List.of(TextContent.builder(text).build()), isError, structured, null);
    }

    private static McpError unexpected() {
        return McpError.builder(ErrorCodes.INTERNAL_ERROR)
                .message("The call failed inside the server.")
                .build();
    }
}
