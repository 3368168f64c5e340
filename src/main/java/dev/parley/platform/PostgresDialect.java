package dev.parley.platform;

import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.exception.spi.SQLExceptionConversionDelegate;

/** Hibernate's own, but that the loss of the database is a {@link DatabaseGone} wherever it is noticed. */
public final class PostgresDialect extends PostgreSQLDialect {

    public PostgresDialect(DialectResolutionInfo info) {
        super(info);
    }

    @Override
    public SQLExceptionConversionDelegate buildSQLExceptionConversionDelegate() {
        var others = super.buildSQLExceptionConversionDelegate();
        return (e, message, sql) -> {
            if (DatabaseGone.isMeantBy(e)) {
                throw new DatabaseGone(message, e);
            }
            return others.convert(e, message, sql);
        };
    }
}
