package dev.chatelaine.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry.Reason;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.Purpose;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryFallbackTest {

    @Test
    void theNextStepIsTheCommandThatAsksThePerson() {
        assertThat(next(new EntryRequest(Purpose.CREATE_SECRET, "stripe", null, null)))
                .isEqualTo("chatelaine secret set stripe");
        assertThat(next(new EntryRequest(Purpose.CREATE_SECRET, "db", Category.DATABASE, null)))
                .isEqualTo("chatelaine secret set db --category database");
        assertThat(next(new EntryRequest(Purpose.UPDATE_SECRET, "db", null, null)))
                .isEqualTo("chatelaine secret set db");
        assertThat(next(new EntryRequest(Purpose.SET_KEY, "main", null, null)))
                .isEqualTo("chatelaine llm set-key main");
    }

    @Test
    void aDescriptionIsNeverPartOfACommand() {
        EntryRequest request = new EntryRequest(Purpose.CREATE_SECRET, "db", null, new Description("$(rm -rf /); 'x'"));

        assertThat(next(request)).isEqualTo("chatelaine secret set db");
        assertThat(EntryFallback.toError(new NeedsEntry(request, Reason.LEFT_OUT))
                        .text())
                .contains("add the description with update");
    }

    private static @Nullable Object next(EntryRequest request) {
        Object error = EntryFallback.toError(new NeedsEntry(request, Reason.LEFT_OUT))
                .structured()
                .get("error");
        assertThat(error).isInstanceOf(Map.class);
        return error instanceof Map<?, ?> map ? map.get("next") : null;
    }
}
