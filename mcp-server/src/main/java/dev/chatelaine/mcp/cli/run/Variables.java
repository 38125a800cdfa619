package dev.chatelaine.mcp.cli.run;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Reference;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.bundle.Bundle;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.secret.SecretUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens what a child is to have, once it is known that no variable would have two values. */
final class Variables {
    private Variables() {}

    /**
     * What was asked for, opened.
     *
     * @throws VaultException {@code secret_not_found}, {@code bundle_not_found}; {@code key_collision} before anything is
     *     opened
     */
    static List<Variable> open(Desk desk, List<Reference> references, List<BundleName> bundles) {
        List<Variable> variables = new ArrayList<>();
        if (references.isEmpty() && bundles.isEmpty()) {
            return variables;
        }
        Vault vault = desk.vault();
        refuseCollisions(
                references,
                bundles.stream()
                        .map(name -> vault.bundles().get(desk.actor(), name))
                        .toList());
        if (!references.isEmpty()) {
            List<SecretUse.Opened> opened = vault.secretUse()
                    .openForRun(
                            desk.actor(),
                            references.stream().map(Reference::secret).toList());
            for (int i = 0; i < opened.size(); i++) {
                variables.add(Variable.of(references.get(i).variable(), opened.get(i)));
            }
        }
        if (!bundles.isEmpty()) {
            vault.bundles().openForRun(desk.actor(), bundles).forEach(value -> variables.add(Variable.of(value)));
        }
        return variables;
    }

    private static void refuseCollisions(List<Reference> references, List<Bundle> bundles) {
        Map<KeyName, String> sources = new HashMap<>();
        references.forEach(reference -> sources.put(reference.variable(), "the secret " + reference.secret()));
        for (Bundle bundle : bundles) {
            for (KeyName key : bundle.keyNames()) {
                String source = "the bundle " + bundle.name();
                String other = sources.putIfAbsent(key, source);
                if (other != null) {
                    throw new VaultException(
                            ErrorCode.KEY_COLLISION,
                            "{} would have two values: from {} and from {}. Nothing was started. Leave one of them out.",
                            key,
                            other,
                            source);
                }
            }
        }
    }
}
