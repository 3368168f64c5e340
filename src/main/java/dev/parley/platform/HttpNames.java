package dev.parley.platform;

import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a request in metrics and traces: the template of its endpoint and one of seven methods. The path
 * itself may hold an id or a mailed token, and a method may be called anything.
 */
@Singleton
class HttpNames {

    static final String OTHER = "OTHER";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

    /** A name in a template may have a pattern: {@code {article: [a-z]+}}. */
    private static final Pattern NAMED = Pattern.compile("\\{\\s*([^:{}\\s]+)\\s*:(?:[^{}]|\\{[^{}]*})*}");

    private static final String THREAD = "/api/v1/sites/{site}/articles/{article}/comments";
    private static final Pattern THREAD_PATH = Pattern.compile("/api/v1/sites/[^/]+/articles/[^/]+/comments");

    private volatile @Nullable Set<String> templates;

    /** The method if it is a usual one, or {@link #OTHER}. */
    static String method(@Nullable String value) {
        return value != null && METHODS.contains(value) ? value : OTHER;
    }

    /** The template without its patterns if it is one of an endpoint, or {@link #OTHER}. */
    String path(@Nullable String value) {
        if (value == null) {
            return OTHER;
        }
        var plain = template(value);
        return templates().contains(plain) ? plain : OTHER;
    }

    /**
     * The same for a path as it was sent: what is answered from memory meets no endpoint that would say its template.
     */
    String answeredFromMemory(@Nullable String path) {
        return path != null && THREAD_PATH.matcher(path).matches() ? path(THREAD) : OTHER;
    }

    private Set<String> templates() {
        var known = templates;
        if (known == null) {
            known =
                    Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                            .map(bean -> bean.getBeanClass())
                            .filter(type -> type.isAnnotationPresent(Path.class))
                            .flatMap(type ->
                                    Arrays.stream(type.getMethods())
                                            .map(method -> method.getAnnotation(Path.class))
                                            .map(path ->
                                                    template(
                                                            type.getAnnotation(Path.class).value()
                                                                    + (path == null ? "" : "/" + path.value()))))
                            .collect(Collectors.toUnmodifiableSet());
            templates = known;
        }
        return known;
    }

    /** With one slash in front and between, none behind, and no patterns. */
    private static String template(String path) {
        var plain = NAMED.matcher("/" + path).replaceAll("{$1}").replaceAll("/{2,}", "/");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
