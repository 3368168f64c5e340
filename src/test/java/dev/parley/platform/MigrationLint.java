package dev.parley.platform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says what of a migration is not safe beside the version of Parley that still runs: what locks a table that is in use
 * for longer than a moment, writes it anew, or takes away what the older version needs. Tables that the migration
 * itself makes are in nobody's use. The rules are in {@code docs/operations.md}.
 *
 * <p>What it does not know it refuses. It reads words, not grammar: a body in a function is not looked at, since it is
 * not run by the migration; one of {@code do} is.
 */
final class MigrationLint {

    /** Takes away what nothing uses any more since that migration, which an earlier release brought. */
    private static final Pattern CONTRACT = Pattern.compile("(?m)^-- Contract of V(\\d{4})\\b");

    private static final Pattern NUMBER = Pattern.compile("V(\\d{4})__.*[.]sql");

    private static final Set<String> CONSTANT = Set.of("true", "false", "null");

    private final boolean contract;
    private final boolean inTransaction;
    private final Set<String> fresh = new HashSet<>();
    private final Set<String> freshFunctions = new HashSet<>();
    private final Set<String> added = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    private MigrationLint(String name, String script, String config) {
        var found = CONTRACT.matcher(script);
        this.contract = found.find();
        this.inTransaction = !config.replace(" ", "").contains("executeInTransaction=false");
        if (contract && Integer.parseInt(found.group(1)) >= version(name)) {
            faults.add("contract: it must name an earlier migration than itself");
        }
    }

    /** The number in a migration's name. */
    static int version(String name) {
        var found = NUMBER.matcher(name);
        if (!found.matches()) {
            throw new IllegalArgumentException("No migration's name: " + name);
        }
        return Integer.parseInt(found.group(1));
    }

    /**
     * What is not safe, each as {@code rule: what}; empty if all is.
     *
     * @param name of the file, such as {@code V0062__add_this.sql}
     * @param config what stands in the file of the same name with {@code .conf} behind it; empty if there is none
     */
    static List<String> faults(String name, String script, String config) {
        var lint = new MigrationLint(name, script, config);
        var statements = SqlWords.statements(script);
        statements.forEach(lint::statement);
        if (!lint.inTransaction && !statements.stream().allMatch(MigrationLint::mayStandAlone)) {
            lint.faults.add("transaction: without one only indexes are made or dropped CONCURRENTLY");
        }
        return lint.faults;
    }

    private void statement(List<String> s) {
        var start = String.join(" ", s.subList(0, Math.min(3, s.size())));
        switch (s.getFirst()) {
            case "create" -> create(s);
            case "alter" -> alter(s);
            case "drop" -> drop(s);
            case "update", "delete" -> bounded(s);
            case "insert" -> check(fresh.contains(table(s, 2)) || s.contains("values"), "rows", start + ": of a table");
            case "do" -> s.stream().filter(w -> w.startsWith("$")).forEach(this::block);
            case "call" -> check(s.get(1).equals("raise_wall"), "unknown", start);
            case "comment", "grant" -> {}
            case "revoke" ->
                    check(
                            contract || s.contains("function") && s.stream().anyMatch(freshFunctions::contains),
                            "contract",
                            start);
            case "set" ->
                    check(
                            !inTransaction && start.startsWith("set lock_timeout"),
                            "timeout",
                            start + ": is set for all");
            default -> faults.add("unknown: " + start);
        }
    }

    /** What a block does, is done. */
    private void block(String word) {
        for (var s : SqlWords.statements(SqlWords.body(word))) {
            for (int i = 0; i < s.size(); i++) {
                if ((s.get(i).equals("update") || s.get(i).equals("delete"))
                        && (i == 0 || !Set.of("for", "on", "key").contains(s.get(i - 1)))) {
                    bounded(s.subList(i, s.size()));
                }
                if (Set.of("alter", "drop", "truncate", "create").contains(s.get(i)) || s.get(i).equals("execute")) {
                    faults.add("block: " + s.get(i) + " can't be looked at here");
                }
            }
        }
    }

    private void create(List<String> s) {
        int i = 1;
        while (i < s.size() && Set.of("or", "replace", "unique", "unlogged").contains(s.get(i))) {
            i++;
        }
        switch (s.get(i)) {
            case "table" -> fresh.add(table(s, i + 1));
            case "index" -> {
                boolean concurrently = s.contains("concurrently");
                check(concurrently || fresh.contains(table(s, s.indexOf("on") + 1)), "index", "not CONCURRENTLY");
                check(!concurrently || !inTransaction, "transaction", "CONCURRENTLY, without a .conf");
            }
            case "function", "procedure" -> freshFunctions.add(table(s, i + 1));
            case "policy" -> {}
            default -> faults.add("unknown: create " + s.get(i));
        }
    }

    private void drop(List<String> s) {
        if (s.get(1).equals("index")) {
            check(s.contains("concurrently"), "index", "dropped not CONCURRENTLY");
            check(!s.contains("concurrently") || !inTransaction, "transaction", "CONCURRENTLY, without a .conf");
        } else {
            check(contract, "contract", "drop " + s.get(1));
        }
    }

    private void alter(List<String> s) {
        if (!s.get(1).equals("table")) {
            faults.add("unknown: alter " + s.get(1));
            return;
        }
        int i = 2;
        while (Set.of("if", "exists", "only").contains(s.get(i))) {
            i++;
        }
        var table = table(s, i);
        i += s.size() > i + 1 && s.get(i + 1).equals(".") ? 3 : 1;
        if (!fresh.contains(table)) {
            actions(s.subList(i, s.size())).forEach(action -> action(table, action));
        }
    }

    private void action(String table, List<String> a) {
        var start = String.join(" ", a.subList(0, Math.min(4, a.size())));
        if (start.startsWith("add constraint")) {
            addConstraint(table, a);
        } else if (start.startsWith("add column")) {
            addColumn(a);
        } else if (start.startsWith("alter column")) {
            alterColumn(a, start);
        } else if (start.startsWith("validate constraint")) {
            check(!added.contains(a.get(2)), "validate", a.get(2) + " was added here: validate it in the next one");
        } else if (start.startsWith("drop constraint")) {
            return; // what the older version writes is taken all the same
        } else if (start.startsWith("drop column") || start.startsWith("rename")) {
            check(contract, "contract", start);
        } else {
            faults.add("unknown: alter table " + start);
        }
    }

    private void addColumn(List<String> a) {
        int standard = a.indexOf("default");
        if (a.contains("not") && a.get(a.indexOf("not") + 1).equals("null")) {
            check(standard > 0, "not null", "the older version does not fill " + a.get(2));
        }
        if (standard > 0) {
            var value = a.get(standard + 1).equals("-") ? a.get(standard + 2) : a.get(standard + 1);
            boolean constant = value.startsWith("'") || CONSTANT.contains(value) || Character.isDigit(value.charAt(0));
            boolean called = a.size() > standard + 2 && a.get(standard + 2).equals("(");
            check(constant && !called, "rewrite", "a default that is no constant");
        }
        check(!a.contains("generated") && a.stream().noneMatch(w -> w.endsWith("serial")), "rewrite", "generated");
        for (var inline : List.of("check", "references", "unique", "primary")) {
            check(!a.contains(inline), "constraint", inline + " on " + a.get(2) + ": add it NOT VALID");
        }
    }

    private void alterColumn(List<String> a, String start) {
        var rest = String.join(" ", a.subList(3, a.size()));
        if (rest.startsWith("type") || rest.startsWith("set data type")) {
            faults.add("rewrite: " + start);
        } else if (rest.startsWith("set not null")) {
            faults.add("not null: reads the whole table; add constraint … not null " + a.get(2) + " not valid");
        } else if (rest.startsWith("drop default")) {
            check(contract, "contract", start);
        } else if (!rest.startsWith("drop not null") && !rest.startsWith("set default")) {
            faults.add("unknown: alter table " + start);
        }
    }

    private void addConstraint(String table, List<String> a) {
        added.add(a.get(2));
        var kind = a.get(3);
        if (kind.equals("unique") || kind.equals("primary")) {
            check(a.contains("using"), "constraint", kind + " of " + table + " without USING INDEX");
        } else if (Set.of("check", "foreign", "not").contains(kind)) {
            var end = a.subList(Math.max(0, a.size() - 2), a.size());
            check(end.equals(List.of("not", "valid")), "constraint", a.get(2) + " without NOT VALID");
        } else {
            faults.add("unknown: constraint " + kind);
        }
    }

    private void bounded(List<String> s) {
        var table = table(s, s.get(1).equals("from") || s.get(1).equals("only") ? 2 : 1);
        check(fresh.contains(table) || s.contains("limit"), "rows", s.getFirst() + " of all rows of " + table);
    }

    /** The parts between commas that stand in no parentheses. */
    private static List<List<String>> actions(List<String> words) {
        var all = new ArrayList<List<String>>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "," -> {
                    if (depth == 0) {
                        all.add(words.subList(from, i));
                        from = i + 1;
                    }
                }
                default -> {}
            }
        }
        all.add(words.subList(from, words.size()));
        return all;
    }

    /** A name, without its schema and without IF NOT EXISTS before it. */
    private static String table(List<String> s, int at) {
        int i = at;
        while (Set.of("if", "not", "exists", "only", "into").contains(s.get(i))) {
            i++;
        }
        return i + 2 < s.size() && s.get(i + 1).equals(".") ? s.get(i + 2) : s.get(i);
    }

    private static boolean mayStandAlone(List<String> s) {
        return s.contains("concurrently") && s.contains("index") || s.getFirst().equals("set");
    }

    private void check(boolean safe, String rule, String what) {
        if (!safe) {
            faults.add(rule + ": " + what);
        }
    }
}
