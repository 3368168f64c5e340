package dev.parley.invitation;

import dev.parley.platform.MailedToken;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Makes the sign-in accounts of those who were invited. Who holds the link has read a mail to the address, so the
 * account's address counts as verified.
 */
@ApplicationScoped
class Accounts {

    private final Invitations invitations;
    private final KeycloakAccounts keycloak;

    Accounts(Invitations invitations, KeycloakAccounts keycloak) {
        this.invitations = invitations;
        this.keycloak = keycloak;
    }

    /** Asks the sign-in server once per invitation; between two transactions, since it may take its time. */
    NewAccount make(MailedToken token) {
        invitations.offer(token); // whatever opens nothing is told so, with or without a sign-in server
        if (!keycloak.isConfigured()) {
            return NewAccount.NONE;
        }
        var wish = invitations.account(token);
        if (wish.isEmpty()) {
            return NewAccount.NONE;
        }
        var made = keycloak.create(wish.get().email(), wish.get().name());
        invitations.accountAsked(wish.get().invitation(), made.created());
        return made;
    }
}
