package dev.chatelaine.mcp.cli.doctor;

import dev.chatelaine.mcp.cli.desk.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Checks that are made one after the other; one that throws has found something bad. */
final class Checks {
    private final List<Finding> findings = new ArrayList<>();

    /** One look at one thing. */
    @FunctionalInterface
    interface Look {
        Finding look() throws Exception;
    }

    /** Looks; answers whether what was found is not bad. */
    boolean make(String check, Look look) {
        Finding finding = found(check, look);
        findings.add(finding);
        return finding.state() != Finding.State.BAD;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    boolean allWell() {
        return findings.stream().noneMatch(finding -> finding.state() == Finding.State.BAD);
    }

    private static Finding found(String check, Look look) {
        try {
            return look.look();
        } catch (Exception e) {
            Refusal refusal = Refusal.of(e);
            return Finding.bad(check, refusal.message(), refusal.next());
        }
    }
}
