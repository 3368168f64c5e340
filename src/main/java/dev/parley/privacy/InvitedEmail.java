package dev.parley.privacy;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** The address of somebody who was invited, opened to make their sign-in account. */
@JsonSerialize(using = NeverWritten.class)
public final class InvitedEmail {

    private final EmailAddress address;

    InvitedEmail(EmailAddress address) {
        this.address = address;
    }

    /** The address, for the one call to the sign-in server; goes nowhere else. */
    public String forSignIn() {
        return address.normalised();
    }

    @Override
    public String toString() {
        return "<email>";
    }
}
