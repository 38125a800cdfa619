package dev.chatelaine.mcp.transport;

import java.util.List;

/** Arguments of tools with a value where it may be and where it may not; {@code %s} is its place, and ' is a quote. */
final class PlantedCalls {
    /** For {@code manage_secrets}. */
    static final List<String> SECRETS = List.of(
            "{'action':'create','name':'plain','value':'%s'}",
            "{'action':'update','name':'plain','value':'%s'}",
            "{'action':'create','name':'plain','value':'%s'}",
            "{'action':'create','name':'a/b','value':'%s'}",
            "{'action':'create','name':'described','value':'x','description':'sk-%s'}",
            "{'action':'create','name':'sk-%s','value':'x'}",
            "{'action':'create','name':'n','value':['%s']}",
            "{'action':'create','name':'n','value':'x','%s':true}",
            "{'action':'%s','name':'n'}",
            "{'action':'list','cursor':'%s'}",
            "{'action':'create','name':'n','value':'x','category':'%s'}",
            "{'action':'create','name':'provider_key_openai','value':'%s'}",
            "{'action':'create','name':'provider_key_openai','value':'sk-%s'}",
            "{'action':'update','name':'provider_key_openai','value':'sk-%s'}");

    /** For {@code manage_secrets}, to be done after those. */
    static final List<String> SECRETS_AFTER = List.of(
            "{'action':'get','name':'plain'}",
            "{'action':'list','include_deleted':true}",
            "{'action':'history','name':'plain'}",
            "{'action':'rollback','name':'plain','version':1}",
            "{'action':'verify','name':'provider_key_openai'}",
            "{'action':'delete','name':'plain'}",
            "{'action':'restore','name':'plain'}");

    /** For {@code configure_llm}. */
    static final List<String> CONFIGURATIONS = List.of(
            "{'action':'create','name':'chat','provider':'openai','model':'sk-%s'}",
            "{'action':'create','name':'chat','provider':'%s','model':'m'}",
            "{'action':'create','name':'chat','provider':'openai','model':'m'}",
            "{'action':'create','name':'other','provider':'openai','model':'m','api_key':'%s'}",
            "{'action':'set_key','name':'chat','api_key':'sk-%s'}",
            "{'action':'set_key','name':'chat','api_key':'gsk_%s'}",
            "{'action':'update','name':'chat','base_url':'https://user:%s@example.com/v1'}");

    /** For {@code configure_llm}, to be done after those. */
    static final List<String> CONFIGURATIONS_AFTER = List.of(
            "{'action':'get','name':'chat'}",
            "{'action':'list'}",
            "{'action':'verify','name':'chat'}",
            "{'action':'set_default','name':'chat'}",
            "{'action':'remove_key','name':'chat'}",
            "{'action':'delete','name':'chat'}");

    private PlantedCalls() {}

    /** Whether the value in these arguments goes for a provider's key. */
    static boolean keyShaped(String arguments) {
        return arguments.contains("sk-%s") || arguments.contains("gsk_%s");
    }
}
