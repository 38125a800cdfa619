package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.vault.crypto.KeyIds;
import dev.chatelaine.vault.rotation.RotationResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rotation did, for people and for scripts. */
record Rotated(String key, String thing, RotationResult result) {
    boolean whole() {
        return result.damaged().isEmpty();
    }

    Map<String, @Nullable Object> forScripts() {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("key_id", KeyIds.text(result.keyId()));
        answer.put("resumed", result.resumed());
        answer.put("resealed", result.resealed());
        answer.put("damaged", result.damaged());
        return answer;
    }

    void print(PrintWriter out) {
        out.println((result.resumed() ? "Finished the rotation of the " : "Rotated the ") + key + ": "
                + KeyIds.text(result.keyId()) + " seals now; sealed anew: " + result.resealed() + " " + thing
                + (result.resealed() == 1 ? "." : "s."));
        if (!whole()) {
            out.println("These did not open and were left as they are:");
            result.damaged().forEach(record -> out.println("  " + record));
            out.println("Next: store their values anew, or restore a backup.");
        }
    }
}
