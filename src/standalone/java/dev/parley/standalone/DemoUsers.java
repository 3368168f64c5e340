package dev.parley.standalone;

import java.util.UUID;

/**
 * The people of a standalone run. Their ids are the subjects of their tokens, so that member rows can be seeded before
 * anybody has signed in.
 */
public enum DemoUsers {
    GAZETTE_ADMIN("gazette-admin", "Ada", "Gazette", "0193c0de-0000-7000-8000-000000000001"),
    GAZETTE_MODERATOR("gazette-moderator", "Mo", "Gazette", "0193c0de-0000-7000-8000-000000000002"),
    GAZETTE_SPORT_MODERATOR("gazette-sport-moderator", "Sam", "Gazette", "0193c0de-0000-7000-8000-000000000003"),
    GAZETTE_FORMER("gazette-former", "Finn", "Gazette", "0193c0de-0000-7000-8000-000000000004"),
    HERALD_ADMIN("herald-admin", "Hana", "Herald", "0193c0de-0000-7000-8000-000000000005"),
    HERALD_MODERATOR("herald-moderator", "Hugo", "Herald", "0193c0de-0000-7000-8000-000000000006"),
    NEWCOMER("newcomer", "Nell", "Newcomer", "0193c0de-0000-7000-8000-000000000007"),
    OPERATOR("operator", "Olu", "Operator", "0193c0de-0000-7000-8000-000000000008");

    /** Everybody's password. Nothing but demonstration data is behind it, on this machine only. */
    public static final String PASSWORD = "parley-demo";

    private final String username;
    private final String firstName;
    private final String lastName;
    private final UUID subject;

    DemoUsers(String username, String firstName, String lastName, String subject) {
        this.username = username;
        this.firstName = firstName;
        this.lastName = lastName;
        this.subject = UUID.fromString(subject);
    }

    public String username() {
        return username;
    }

    /** The {@code sub} of this user's tokens. */
    public UUID subject() {
        return subject;
    }

    public String displayName() {
        return firstName + " " + lastName;
    }

    String firstName() {
        return firstName;
    }

    String lastName() {
        return lastName;
    }

    public static DemoUsers named(String username) {
        for (var user : values()) {
            if (user.username.equals(username)) {
                return user;
            }
        }
        throw new IllegalArgumentException("No demo user " + username);
    }
}
