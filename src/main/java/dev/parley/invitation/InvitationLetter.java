package dev.parley.invitation;

import dev.parley.privacy.Recipient;

/**
 * What the mail of an invitation says, and to whom it goes.
 *
 * @param token in plain: goes into this one mail and nowhere else
 * @param inviter name of the member who invites; empty if they left
 * @param language ISO 639 code of the tenant's first site; empty if it has none
 */
public record InvitationLetter(
        Recipient recipient, String token, String name, String inviter, String tenantName, String language) {

    @Override
    public String toString() {
        return "InvitationLetter[…]";
    }
}
