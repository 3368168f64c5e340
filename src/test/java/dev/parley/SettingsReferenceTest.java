package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/settings.md} says what the classes of the settings say. When it does not, write it anew with {@code mvn
 * test -Dtest=SettingsReferenceTest -Dparley.settings.write=true}.
 */
class SettingsReferenceTest {

    private static final Path PAGE = Path.of("docs/settings.md");
    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("src/standalone/java"));

    private static final String HEAD =
            """
            # Settings

            Every setting of Parley's own, from the classes that read them (`SettingsReferenceTest` writes this page; don't change it by hand).
            [operations.md](operations.md#settings) says which ones an installation needs, and names those of the parts below (`QUARKUS_…`) that it may
            need. A setting is an environment variable, or a line `name=value` of `config/application.properties` beside the program. A duration is
            `250ms`, `20s`, `10m`, `1h` or `7D`; several values are separated by commas.
            """;

    private record Setting(String name, String type, Optional<String> standard, String meaning) {

        String row() {
            return "| `%s` | `%s` | %s | %s | %s |%n"
                    .formatted(
                            name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"),
                            name,
                            type,
                            standard.map("`%s`"::formatted).orElse(""),
                            meaning.replace("|", "\\|"));
        }
    }

    private record Group(String prefix, String meaning, List<Setting> settings) {}

    @Test
    void the_page_says_what_the_classes_say() throws IOException {
        var page = new StringBuilder(HEAD);
        for (var group : groups()) {
            page.append("\n## ").append(group.prefix()).append('\n').append(group.meaning()).append("\n\n");
            page.append("| variable | name | value | default | meaning |\n| --- | --- | --- | --- | --- |\n");
            group.settings().forEach(setting -> page.append(setting.row()));
        }
        if (Boolean.getBoolean("parley.settings.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
    }

    @Test
    void every_setting_has_a_meaning_and_a_name_of_its_own() throws IOException {
        var all = groups().stream().flatMap(group -> group.settings().stream()).toList();

        assertThat(all).hasSizeGreaterThan(40);
        assertThat(all).allSatisfy(setting -> assertThat(setting.meaning()).as(setting.name()).isNotBlank());
        assertThat(all.stream().map(Setting::name)).doesNotHaveDuplicates();
        assertThat(all)
                .contains(
                        new Setting(
                                "parley.tenants.in-metrics",
                                "number",
                                Optional.of("100"),
                                "Tenants that have metrics of their own; those that came later are counted together."));
        assertThat(all.stream().map(Setting::name)).contains("parley.database.url", "parley.scoring.deadline");
    }

    private static List<Group> groups() throws IOException {
        var files = new ArrayList<Path>();
        for (var folder : SOURCES) {
            try (var found = Files.walk(folder)) {
                found.filter(file -> file.toString().endsWith(".java"))
                        .filter(SettingsReferenceTest::maps)
                        .forEach(files::add);
            }
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            var docs = DocTrees.instance(task);
            var groups = new ArrayList<Group>();
            for (var unit : task.parse()) {
                for (var type : unit.getTypeDecls()) {
                    group(docs, unit, (ClassTree) type).ifPresent(groups::add);
                }
            }
            groups.sort(java.util.Comparator.comparing(Group::prefix));
            return groups;
        }
    }

    private static boolean maps(Path file) {
        try {
            return Files.readString(file).contains("@ConfigMapping(");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Optional<Group> group(DocTrees docs, CompilationUnitTree unit, ClassTree type) {
        return value(type.getModifiers().getAnnotations(), "ConfigMapping")
                .map(prefix -> {
                    var settings = new ArrayList<Setting>();
                    collect(docs, unit, type, prefix, settings);
                    return new Group(prefix, comment(docs, unit, type), settings);
                });
    }

    private static void collect(
            DocTrees docs, CompilationUnitTree unit, ClassTree type, String prefix, List<Setting> settings) {
        Map<String, ClassTree> inner = new HashMap<>();
        for (var member : type.getMembers()) {
            if (member instanceof ClassTree nested) {
                inner.put(nested.getSimpleName().toString(), nested);
            }
        }
        for (var member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                var annotations = method.getModifiers().getAnnotations();
                var name =
                        prefix
                                + "."
                                + value(annotations, "WithName").orElseGet(() -> dashed(method.getName().toString()));
                var returned = method.getReturnType().toString();
                if (inner.containsKey(returned)) {
                    collect(docs, unit, inner.get(returned), name, settings);
                } else {
                    settings.add(
                            new Setting(
                                    name,
                                    kind(returned),
                                    value(annotations, "WithDefault"),
                                    comment(docs, unit, method)));
                }
            }
        }
    }

    private static String comment(DocTrees docs, CompilationUnitTree unit, Tree tree) {
        var text = docs.getDocComment(TreePath.getPath(unit, tree));
        return text == null
                ? ""
                : text.replaceAll("(?s)\\n\\s*@(param|return|throws).*", "")
                        .replaceAll("\\{@(?:code|link)\\s+([^}]*)}", "`$1`")
                        .replaceAll("</?p>", " ")
                        .replaceAll("\\s+", " ")
                        .strip();
    }

    /** The one value of an annotation, or its prefix. */
    private static Optional<String> value(List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .flatMap(annotation -> annotation.getArguments().stream())
                .map(argument -> argument instanceof AssignmentTree named ? named.getExpression() : argument)
                .map(expression -> String.valueOf(((LiteralTree) expression).getValue()))
                .findFirst();
    }

    private static String kind(String type) {
        return switch (type) {
            case "String", "Optional<String>" -> "text";
            case "boolean", "Optional<Boolean>" -> "`true` or `false`";
            case "int", "long", "double", "Optional<Integer>", "OptionalInt", "OptionalLong" -> "number";
            case "Duration", "Optional<Duration>" -> "duration";
            case "Optional<List<String>>", "List<String>" -> "texts";
            case "Set<Integer>" -> "numbers";
            default -> throw new IllegalStateException("no word for a setting of type " + type);
        };
    }

    private static String dashed(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
