package dev.parley.privacy;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** An address that was opened for a member of staff, who gave a reason that stands in the audit trail. */
@JsonSerialize(using = NeverWritten.class)
public final class RevealedEmail {

    private final String typed;

    RevealedEmail(String typed) {
        this.typed = typed;
    }

    /** The address, for the one answer to the member who asked; goes nowhere else. */
    public String forStaff() {
        return typed;
    }

    @Override
    public String toString() {
        return "<email>";
    }
}
