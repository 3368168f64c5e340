package dev.parley.invitation;

import org.jspecify.annotations.Nullable;

/**
 * What came of asking for a sign-in account.
 *
 * @param created false if there is one already, if one was asked for before, or if Parley makes none
 * @param username what to sign in with; null if none was made
 * @param temporaryPassword told this once, to be replaced at the first sign-in; null if none was made
 */
public record NewAccount(boolean created, @Nullable String username, @Nullable String temporaryPassword) {

    static final NewAccount NONE = new NewAccount(false, null, null);

    @Override
    public String toString() {
        return "NewAccount[" + created + "]";
    }
}
