package dev.parley.delivery;

/** What a mail is for. */
enum MailKind {
    /** Proves an address at which somebody commented. */
    PROOF,
    /** The link that somebody asked for. */
    LINK,
    /** Tells a commenter of answers. */
    REPLY,
    /** Tells a commenter what was decided on a comment. */
    DECISION,
    /** Invites somebody to work for the tenant. */
    INVITATION;

    /** Whether it goes only to those whose address is proven and who want mails. */
    boolean isNotification() {
        return switch (this) {
            case PROOF, LINK, INVITATION -> false;
            case REPLY, DECISION -> true;
        };
    }
}
