package dev.chatelaine.schemas;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an independent JSON Schema 2020-12 validator, with formats checked too. */
final class Conformance {

    static final JsonMapper JSON = JsonMapper.shared();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final Schema schema;

    private Conformance(Schema schema) {
        this.schema = schema;
    }

    static Conformance to(Map<String, Object> schema) {
        return new Conformance(REGISTRY.getSchema(JSON.valueToTree(schema)));
    }

    static Conformance toMetaschema() {
        return new Conformance(REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12)));
    }

    /** What is wrong, one sentence each; empty when the instance conforms. */
    List<String> problems(JsonNode instance) {
        return schema.validate(instance).stream().map(Object::toString).toList();
    }

    List<String> problems(String instance) {
        return schema.validate(instance, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
