package dev.chatelaine.vault.session;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.Bundles;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.bundle.SealedBundle;
import dev.chatelaine.vault.bundle.SealedBundles;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.secret.SealedSecret;
import dev.chatelaine.vault.secret.SealedSecrets;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.store.Transaction;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what a session is given, when it is started and when it is resumed. Safe for several threads. */
final class Gatherer {
    private final SealedBundles bundles;
    private final SealedSecrets secrets;
    private final Catalog catalog;
    private final EndpointPolicy endpoints;

    Gatherer(SealedBundles bundles, SealedSecrets secrets, Catalog catalog, EndpointPolicy endpoints) {
        this.bundles = bundles;
        this.secrets = secrets;
        this.catalog = catalog;
        this.endpoints = endpoints;
    }

    /** What a new session is given. */
    Gathering gather(Transaction tx, TenantId tenant, NewSession asked) {
        Gathering gathering = new Gathering();
        asked.secretRefs().forEach((key, name) -> gathering.add(key, named(tx, tenant, key, name)));
        addRest(tx, tenant, gathering, asked.llm(), asked.bundles(), Gatherer::unknownBundle);
        return gathering;
    }

    /** What a session that was stopped is given now: of the same secrets, and of bundles of the same names. */
    Gathering gatherAgain(Transaction tx, TenantId tenant, Definition before) {
        Gathering gathering = new Gathering();
        before.refs()
                .forEach((key, id) ->
                        gathering.add(key, secrets.byId(tx, tenant, id).orElseThrow(() -> goneSecret(key))));
        addRest(tx, tenant, gathering, before.llm(), before.bundleNames(), Gatherer::goneBundle);
        return gathering;
    }

    private void addRest(
            Transaction tx,
            TenantId tenant,
            Gathering gathering,
            @Nullable ModelChoice llm,
            List<BundleName> names,
            Function<BundleName, VaultException> missing) {
        List<SealedBundle> found = names.stream()
                .map(name -> bundles.named(tx, tenant, name).orElseThrow(() -> missing.apply(name)))
                .toList();
        Model model = llm == null ? null : Model.of(llm, catalog, endpoints);
        if (model != null) {
            gathering.add(
                    model, secrets.providerKey(tx, tenant, model.provider()).orElse(null));
        }
        found.forEach(gathering::add);
        if (model != null && model.needsKey() && !gathering.hasModelKey()) {
            throw model.keyMissing();
        }
    }

    private SealedSecret named(Transaction tx, TenantId tenant, KeyName key, SecretName name) {
        return secrets.named(tx, tenant, name)
                .orElseThrow(() -> new VaultException(
                                ErrorCode.SECRET_NOT_FOUND,
                                "There is no secret {}. Nothing was started. List the secrets to see their names.",
                                name)
                        .withField("secret_refs." + key));
    }

    private static VaultException unknownBundle(BundleName name) {
        return Bundles.unknown(name).withField("secrets");
    }

    private static VaultException goneBundle(BundleName name) {
        return new VaultException(
                ErrorCode.SECRET_BUNDLE_NOT_FOUND_AT_RESUME,
                "The bundle {} is gone, and the session was not resumed. Make a bundle of that name and resume again,"
                        + " or start a new session without it.",
                name);
    }

    private static VaultException goneSecret(KeyName key) {
        return new VaultException(
                ErrorCode.SECRET_NOT_FOUND_AT_RESUME,
                "The secret behind {} is gone, and the session was not resumed. Restore it and resume again, or start a"
                        + " new session.",
                key);
    }
}
