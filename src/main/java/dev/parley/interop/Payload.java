package dev.parley.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message in the JSON form of protocol buffers, as Perspective takes them: names in camel case or in the original
 * form with underscores, null for what is not set, unknown names refused. What is wrong is told by its place.
 */
final class Payload {

    /** Names that come from the caller are repeated only if they are plain words. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,40}");

    private static final SnakeCaseStrategy UNDERSCORES = new SnakeCaseStrategy();

    private final JsonNode node;
    private final String place;

    private Payload(JsonNode node, String place) {
        this.node = node;
        this.place = place;
    }

    /**
     * The whole payload.
     *
     * @param names the fields that it may have
     */
    static Payload of(JsonNode root, Set<String> names) {
        if (!root.isObject()) {
            throw PerspectiveError.payload("Root element must be a message.");
        }
        return new Payload(root, "").with(names);
    }

    /** A field that holds a message; null if it is not set. */
    @Nullable Payload message(String name, Set<String> names) {
        var value = get(name);
        return value == null ? null : messageAt(value, at(name)).with(names);
    }

    /** A field that holds a map of messages, in its order; empty if it is not set. */
    Map<String, Payload> messages(String name, Set<String> names) {
        var value = get(name);
        var messages = new LinkedHashMap<String, Payload>();
        if (value != null) {
            for (var entry : messageAt(value, at(name)).node.properties()) {
                var inner = entry.getValue();
                // A client that has nothing to say of an attribute may say null.
                messages.put(
                        entry.getKey(),
                        messageAt(inner.isNull() ? JsonNodeFactory.instance.objectNode() : inner, at(name) + ".value")
                                .with(names));
            }
        }
        return messages;
    }

    /** A string that PostgreSQL could hold: without NUL and half characters; null if it is not set. */
    @Nullable String string(String name) {
        var value = get(name);
        return value == null ? null : stringAt(value, at(name));
    }

    /** A list of strings; empty if it is not set. */
    List<String> strings(String name) {
        var value = get(name);
        var strings = new ArrayList<String>();
        if (value != null) {
            if (!value.isArray()) {
                throw invalid(at(name), "TYPE_STRING");
            }
            for (var element : value) {
                strings.add(stringAt(element, at(name)));
            }
        }
        return strings;
    }

    /** False if it is not set. */
    boolean bool(String name) {
        var value = get(name);
        if (value != null && !value.isBoolean()) {
            throw invalid(at(name), "TYPE_BOOL");
        }
        return value != null && value.booleanValue();
    }

    /** A number; null if it is not set. */
    @Nullable Double number(String name) {
        var value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw invalid(at(name), "TYPE_FLOAT");
        }
        return value.doubleValue();
    }

    /** Whether a field is set, whatever it holds. */
    boolean has(String name) {
        return get(name) != null;
    }

    private @Nullable JsonNode get(String name) {
        var value = node.get(name);
        if (value == null) {
            value = node.get(original(name));
        }
        return value == null || value.isNull() ? null : value;
    }

    private Payload with(Set<String> names) {
        for (var entry : node.properties()) {
            var name = entry.getKey();
            if (names.stream().noneMatch(known -> known.equals(name) || original(known).equals(name))) {
                throw PerspectiveError.payload(
                        "Unknown name %s%s: Cannot find field."
                                .formatted(
                                        PLAIN.matcher(name).matches() ? '"' + name + '"' : "of another form",
                                        place.isEmpty() ? "" : " at '" + place + "'"));
            }
        }
        return this;
    }

    private static Payload messageAt(JsonNode value, String place) {
        if (!value.isObject()) {
            throw invalid(place, "TYPE_MESSAGE");
        }
        return new Payload(value, place);
    }

    private static String stringAt(JsonNode value, String place) {
        if (!value.isTextual() || value.textValue().codePoints().anyMatch(Payload::cannotBeStored)) {
            throw invalid(place, "TYPE_STRING");
        }
        return value.textValue();
    }

    private static boolean cannotBeStored(int codePoint) {
        return codePoint == 0 || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private String at(String name) {
        return place.isEmpty() ? original(name) : place + "." + original(name);
    }

    private static String original(String name) {
        return UNDERSCORES.translate(name);
    }

    private static PerspectiveError invalid(String place, String type) {
        return PerspectiveError.payload("Invalid value at '" + place + "' (" + type + ")");
    }
}
