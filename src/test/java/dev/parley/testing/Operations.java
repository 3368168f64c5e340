package dev.parley.testing;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Every operation that the program answers, as its resource methods declare them; also those that are not in the API
 * description.
 */
public final class Operations {

    /**
     * One of them.
     *
     * @param verb such as GET
     * @param template path with its parameters in braces
     */
    public record Operation(String verb, String template, Method method) {

        boolean answers(String verbAsked, String path) {
            return verb.equals(verbAsked) && path.matches(pattern());
        }

        private String pattern() {
            var parts = PARAMETER.matcher(template);
            var regex = new StringBuilder();
            int end = 0;
            while (parts.find()) {
                regex.append(Pattern.quote(template.substring(end, parts.start())));
                regex.append(parts.group(1) == null ? "[^/]+" : "(?:" + parts.group(1) + ")");
                end = parts.end();
            }
            return regex.append(Pattern.quote(template.substring(end))).toString();
        }

        private int literal() {
            return PARAMETER.matcher(template).replaceAll("").length();
        }

        @Override
        public String toString() {
            return verb + " " + template;
        }
    }

    private static final Pattern PARAMETER = Pattern.compile("\\{[^:{}]+(?::((?:[^{}]|\\{[^{}]*\\})+))?\\}");

    public static final List<Operation> ALL = all();

    private Operations() {}

    /** The name of what answers a request; the request itself where nothing does. */
    public static String named(String verb, String path) {
        return ALL.stream()
                .filter(operation -> operation.answers(verb, path))
                .findFirst()
                .map(Operation::toString)
                .orElse(verb + " " + (path.startsWith("/q/") ? path : "(anything else)"));
    }

    private static List<Operation> all() {
        var found = new ArrayList<Operation>();
        var code =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.parley");
        for (var javaClass : code) {
            if (javaClass.isAnnotatedWith(Path.class)) {
                var resource = load(javaClass.getName());
                for (var method : resource.getDeclaredMethods()) {
                    Arrays.stream(method.getAnnotations())
                            .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                            .filter(verb -> verb != null)
                            .forEach(
                                    verb -> found.add(new Operation(verb.value(), template(resource, method), method)));
                }
            }
        }
        found.sort(Comparator.comparingInt(Operation::literal).reversed());
        return List.copyOf(found);
    }

    private static String template(Class<?> resource, Method method) {
        var own = method.getAnnotation(Path.class);
        var path = "/" + resource.getAnnotation(Path.class).value() + "/" + (own == null ? "" : own.value());
        var clean = path.replaceAll("/+", "/");
        return clean.length() > 1 && clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
