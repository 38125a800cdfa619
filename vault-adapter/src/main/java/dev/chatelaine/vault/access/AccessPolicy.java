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
        if (!may(actor, permission)) {
            denials.record(actor, action, target);
            throw denied(permission);
        }
    }

    /**
     * The same check inside a transaction, where a refusal cannot be written down: for one who was let pass before it
     * began.
     *
     * @throws VaultException {@code permission_denied}
     */
    public void confirm(Actor actor, Permission permission) {
        if (!may(actor, permission)) {
            throw denied(permission);
        }
    }

    /** In the platform's own tenant nobody may anything, whatever their token says. */
    private static boolean may(Actor actor, Permission permission) {
        return actor.may(permission) && !actor.tenant().isReserved();
    }

    private static VaultException denied(Permission permission) {
        return new VaultException(
                        ErrorCode.PERMISSION_DENIED,
                        "You lack the permission {}. Nothing was changed.",
                        permission.label())
                .withMissing(permission.label())
                .withNext("Ask an owner of the tenant for a role that has it.");
    }
}
