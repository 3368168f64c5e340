package dev.parley.moderation;

/** Why a moderator rejects, and how the commenter is told. */
public enum RejectionReason {
    ABUSE("It insults or attacks people."),
    HATE("It attacks people for who they are."),
    ILLEGAL("It may break the law."),
    OFF_TOPIC("It is not about the article."),
    OTHER("It does not fit the rules of this site."),
    PERSONAL_DATA("It contains somebody's personal data."),
    SPAM("It is advertising."),
    THREAT("It threatens somebody.");

    private final String text;

    RejectionReason(String text) {
        this.text = text;
    }

    PublicReason shown() {
        return new PublicReason(name(), text);
    }
}
