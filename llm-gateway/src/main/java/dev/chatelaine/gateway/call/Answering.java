package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.anthropic.MessagesAnswer;
import dev.chatelaine.gateway.money.AnswerCount;
import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.Credential;
import dev.chatelaine.gateway.upstream.KeyWatch;
import dev.chatelaine.gateway.upstream.UpstreamAnswer;
import dev.chatelaine.vault.provider.Protocol;
import tools.jackson.databind.JsonNode;

/** Makes of a provider's answer the one that the caller gets, and ends the request with it. */
final class Answering {
    private final CallParts parts;
    private final Ending ending;
    private final boolean tellsUsage;
    private final Candidate candidate;
    private final CallFacts facts;

    Answering(CallParts parts, Ending ending, boolean tellsUsage, Credential credential, CallFacts facts) {
        this.parts = parts;
        this.ending = ending;
        this.tellsUsage = tellsUsage;
        this.candidate = credential.candidate();
        this.facts = facts;
    }

    GatewayAnswer whole(UpstreamAnswer.Whole answer) {
        ending.firstByte();
        AnswerCount count = new AnswerCount();
        JsonNode body = isAnthropic() ? MessagesAnswer.of(answer.body(), now()).body() : answer.body();
        count.take(body);
        Usage usage = count.usage(count.isEstimated() ? ending.likelyPrompt() : 0);
        ending.answered(200, facts.attempts(), usage, count.isEstimated());
        return new GatewayAnswer.Whole(facts, answer.headers(), body, Quotes.cost(candidate, usage));
    }

    GatewayAnswer stream(UpstreamAnswer.Events answer, KeyWatch watch) {
        ending.firstByte();
        Chunks chunks = isAnthropic() ? new AnthropicChunks(now(), tellsUsage) : new OpenAiChunks(tellsUsage);
        StreamedAnswer streamed = new StreamedAnswer(ending, chunks, watch, facts);
        return new GatewayAnswer.Stream(facts, answer.headers(), streamed.events(answer.events()));
    }

    private boolean isAnthropic() {
        return candidate.provider().protocol() == Protocol.ANTHROPIC;
    }

    private long now() {
        return parts.clock().instant().getEpochSecond();
    }
}
