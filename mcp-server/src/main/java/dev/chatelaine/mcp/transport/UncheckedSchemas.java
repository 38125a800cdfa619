package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import java.util.Map;

/**
 * Lets everything pass. Arguments are checked by the tools, which answer with their own codes; that answers conform to
 * their schemas is for tests to prove. A validator would be loaded by every start.
 */
final class UncheckedSchemas implements JsonSchemaValidator {
    @Override
    public ValidationResponse validate(Map<String, Object> schema, Object structuredContent) {
        return ValidationResponse.asValid(null);
    }
}
