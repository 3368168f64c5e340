package dev.parley.privacy;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** The address that one mail goes to, opened for that mail. Only the code that speaks SMTP may read it. */
@JsonSerialize(using = NeverWritten.class)
public final class Recipient {

    private final String address;

    /** The local part as it was typed, since only its server knows what it means; the domain in ASCII, for SMTP. */
    Recipient(EmailAddress address) {
        var typed = address.typed();
        var normalised = address.normalised();
        this.address = typed.substring(0, typed.indexOf('@')) + normalised.substring(normalised.lastIndexOf('@'));
    }

    /** The address, for the envelope and the To: of the one mail it was opened for; goes nowhere else. */
    public String forTheMail() {
        return address;
    }

    @Override
    public String toString() {
        return "<email>";
    }
}
