package dev.parley.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * PostgreSQL's SQL in words: without comments, in lower case, each statement a list. A string is one word that begins
 * with {@code '}, a body between dollars one that begins with {@code $}, a quoted name stands without its quotes.
 */
final class SqlWords {

    private final String sql;
    private int at;

    private SqlWords(String sql) {
        this.sql = sql;
    }

    /**
     * Reads a script.
     *
     * @throws IllegalArgumentException if a string, name, comment or body does not end
     */
    static List<List<String>> statements(String script) {
        var words = new SqlWords(script);
        var all = new ArrayList<List<String>>();
        var statement = new ArrayList<String>();
        for (var word = words.next(); word != null; word = words.next()) {
            if (word.equals(";")) {
                if (!statement.isEmpty()) {
                    all.add(List.copyOf(statement));
                }
                statement.clear();
            } else {
                statement.add(word);
            }
        }
        if (!statement.isEmpty()) {
            all.add(List.copyOf(statement));
        }
        return all;
    }

    /** What stands between the dollars of a word of {@link #statements}. */
    static String body(String word) {
        int tag = word.indexOf('$', 1) + 1;
        return word.substring(tag, word.length() - tag);
    }

    private String next() {
        skip();
        if (at >= sql.length()) {
            return null;
        }
        char c = sql.charAt(at);
        int from = at;
        if (c == '\'') {
            return string(from, false);
        }
        if ((c == 'e' || c == 'E') && at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
            at++;
            return string(at, true);
        }
        if (c == '"') {
            at = end("\"", at + 1);
            return sql.substring(from + 1, at - 1).toLowerCase(Locale.ROOT);
        }
        if (c == '$' && tagEnd(at) > 0) {
            var tag = sql.substring(at, tagEnd(at));
            at = end(tag, at + tag.length());
            return sql.substring(from, at);
        }
        if (Character.isLetterOrDigit(c) || c == '_') {
            while (at < sql.length() && isPartOfName(sql.charAt(at))) {
                at++;
            }
            return sql.substring(from, at).toLowerCase(Locale.ROOT);
        }
        at++;
        return String.valueOf(c);
    }

    private String string(int from, boolean escapes) {
        at = from + 1;
        while (true) {
            if (at >= sql.length()) {
                throw new IllegalArgumentException("A string does not end");
            }
            char c = sql.charAt(at++);
            if (escapes && c == '\\') {
                at++;
            } else if (c == '\'') {
                if (at < sql.length() && sql.charAt(at) == '\'') {
                    at++;
                } else {
                    return sql.substring(from, at);
                }
            }
        }
    }

    private void skip() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                comment();
            } else {
                return;
            }
        }
    }

    /** These nest. */
    private void comment() {
        int depth = 0;
        do {
            if (at >= sql.length()) {
                throw new IllegalArgumentException("A comment does not end");
            }
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }

    private int end(String what, int from) {
        int end = sql.indexOf(what, from);
        if (end < 0) {
            throw new IllegalArgumentException("There is no second " + what);
        }
        return end + what.length();
    }

    /** Behind {@code $tag$}; -1 if none begins there, but a parameter such as {@code $1}. */
    private int tagEnd(int from) {
        int end = from + 1;
        while (end < sql.length() && (Character.isLetter(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        return end < sql.length() && sql.charAt(end) == '$' ? end + 1 : -1;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
