package dev.parley.platform;

import java.sql.SQLException;
import java.util.Locale;
import org.hibernate.HibernateException;

/**
 * The database can't be reached, or not any more. Not a {@link org.hibernate.JDBCException}: where one comes in a
 * transaction that is marked for rollback, as the loss of its connection can mark it, Hibernate's {@code find} takes it
 * for the word that there is nothing (HHH-12472).
 */
public final class DatabaseGone extends HibernateException {

    DatabaseGone(String message, SQLException cause) {
        super(message, cause);
    }

    /**
     * Whether an error says so. 08: connection; 57P: shutdown; 53: resources; 25P03: the connection was ended, since
     * its transaction asked nothing for too long. What the pool says has no state: that none came in time, or that one
     * that came was dead.
     */
    static boolean isMeantBy(SQLException e) {
        var state = e.getSQLState();
        if (state != null) {
            return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53") || state.equals("25P03");
        }
        var said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("acquisition timeout") || said.contains("exception in association of connection");
    }
}
