package dev.parley.platform;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may leave in a trace, which is little: every value is a number, or a name that the code knows. Left to itself a
 * span holds paths, queries, addresses, statements and messages of exceptions. Spans that are none of these kinds are
 * left out: a new release of some library may make others.
 */
@Singleton
class SpanFilter {

    /** Names of spans in the code: of a method that is annotated with one, and of a call that is given one. */
    private static final Set<String> OWN = Set.of("scoring");

    static final String WEBHOOK = "webhook";

    private static final String HTTP_CALL = "call";
    private static final String SQL = "SQL";
    private static final Set<String> STATEMENTS =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "CALL", "BEGIN", "COMMIT", "ROLLBACK", "SET");
    private static final int LOWEST_STATUS = 100;
    private static final int HIGHEST_STATUS = 599;

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> OLD_DATABASE = AttributeKey.stringKey("db.system");
    private static final AttributeKey<String> STATEMENT = AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> OLD_STATEMENT = AttributeKey.stringKey("db.operation");
    private static final AttributeKey<String> TABLE = AttributeKey.stringKey("db.collection.name");
    private static final AttributeKey<String> OLD_TABLE = AttributeKey.stringKey("db.sql.table");

    /** What the installation says of itself. */
    private static final List<AttributeKey<String>> PROGRAM =
            List.of(
                    AttributeKey.stringKey("service.name"),
                    AttributeKey.stringKey("service.version"),
                    AttributeKey.stringKey("host.name"));

    private final HttpNames names;
    private final TableNames tables;

    SpanFilter(HttpNames names, TableNames tables) {
        this.names = names;
        this.tables = tables;
    }

    /** The span with what may leave of it; empty if it may not. */
    Optional<SpanData> kept(SpanData span) {
        var attributes = span.getAttributes();
        if (span.getKind() == SpanKind.SERVER) {
            return Optional.of(request(span, attributes));
        }
        if (first(attributes, DATABASE, OLD_DATABASE) != null) {
            return Optional.of(statement(span, attributes));
        }
        if (span.getKind() == SpanKind.CLIENT && attributes.get(METHOD) != null) {
            return Optional.of(call(span, attributes));
        }
        return OWN.contains(span.getName())
                ? Optional.of(kept(span, span.getName(), Attributes.empty()))
                : Optional.empty();
    }

    private SpanData request(SpanData span, Attributes attributes) {
        var method = HttpNames.method(attributes.get(METHOD));
        var route = names.path(attributes.get(ROUTE));
        if (route.equals(HttpNames.OTHER)) {
            route = names.answeredFromMemory(attributes.get(PATH));
        }
        var kept = Attributes.builder().put(METHOD, method).put(ROUTE, route);
        putStatus(kept, attributes);
        return kept(span, method + " " + route, kept.build());
    }

    /** Its text is not looked at: of a statement without parameters it would hold values. */
    private SpanData statement(SpanData span, Attributes attributes) {
        var kept = Attributes.builder().put(DATABASE, "postgresql");
        var name = SQL;
        var statement = first(attributes, STATEMENT, OLD_STATEMENT);
        if (statement != null && STATEMENTS.contains(statement.toUpperCase(Locale.ROOT))) {
            name = statement.toUpperCase(Locale.ROOT);
            kept.put(STATEMENT, name);
            var table = tables.known(first(attributes, TABLE, OLD_TABLE));
            if (table != null) {
                kept.put(TABLE, table);
                name += " " + table;
            }
        }
        return kept(span, name, kept.build());
    }

    private SpanData call(SpanData span, Attributes attributes) {
        var kept = Attributes.builder().put(METHOD, HttpNames.method(attributes.get(METHOD)));
        putStatus(kept, attributes);
        return kept(span, span.getName().equals(WEBHOOK) ? WEBHOOK : HTTP_CALL, kept.build());
    }

    private static SpanData kept(SpanData span, String name, Attributes attributes) {
        var program = Resource.builder();
        for (var key : PROGRAM) {
            var value = span.getResource().getAttribute(key);
            if (value != null) {
                program.put(key, value);
            }
        }
        return KeptSpan.of(span, name, attributes, program.build());
    }

    private static void putStatus(AttributesBuilder kept, Attributes attributes) {
        var status = attributes.get(STATUS);
        if (status != null && status >= LOWEST_STATUS && status <= HIGHEST_STATUS) {
            kept.put(STATUS, status);
        }
    }

    private static @Nullable String first(Attributes attributes, AttributeKey<String> key, AttributeKey<String> old) {
        var value = attributes.get(key);
        return value == null ? attributes.get(old) : value;
    }
}
