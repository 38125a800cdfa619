package dev.chatelaine.vault.access;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;

/** Asked by every service before it does anything. Fails closed; safe for several threads. */
public final class AccessPolicy {
    private final Denials denials;

    /** A policy that writes its refusals there. */
    public AccessPolicy(Denials denials) {
        this.denials = denials;
    }

    /**
     * Lets an actor pass who has the permission.
     *
     * @throws VaultException {@code permission_denied}, once the refusal is written down
     */
    public void require(Actor actor, Permission permission, String action, String target) {
        if (!actor.may(permission)) {
            denials.record(actor, action, target);
            throw new VaultException(
                            ErrorCode.PERMISSION_DENIED,
                            "You lack the permission {}. Nothing was changed.",
                            permission.label())
                    .withMissing(permission.label())
                    .withNext("Ask an owner of the tenant for a role that has it.");
        }
    }
}
