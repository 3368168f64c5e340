package dev.parley.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The realm of a standalone run: the production realm with an overlay of a demo client and demo users, so that whatever
 * is wrong with the production realm shows in every test.
 */
public final class DemoRealm {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an element of a list is known by; an element with the same name is merged, another one is added. */
    private static final List<String> NAMES = List.of("clientId", "username", "client", "name", "alias");

    private DemoRealm() {}

    /**
     * The file to import.
     *
     * @param origin where Parley is, such as {@code http://localhost:8080}
     * @param invitations secret of the client that makes accounts; without quotes
     */
    public static String json(String origin, String invitations) {
        var values = Map.of("origin", origin, "invitations", invitations);
        var realm = (ObjectNode) read("/keycloak/parley-realm.json", values);
        merge(realm, (ObjectNode) read("/keycloak/demo-overlay.json", values));
        var users = realm.withArray("users");
        for (var user : DemoUsers.values()) {
            users.add(user(user));
        }
        return realm.toPrettyString();
    }

    private static ObjectNode user(DemoUsers user) {
        var node = JSON.createObjectNode();
        node.put("id", user.subject().toString());
        node.put("username", user.username());
        node.put("enabled", true);
        // Keycloak gives no token to a user whose profile is incomplete.
        node.put("firstName", user.firstName());
        node.put("lastName", user.lastName());
        node.put("email", user.username() + "@staff.example");
        node.put("emailVerified", true);
        node.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", DemoUsers.PASSWORD)
                .put("temporary", false);
        if (user == DemoUsers.OPERATOR) {
            node.putArray("realmRoles").add("operator");
        }
        return node;
    }

    static void merge(ObjectNode base, ObjectNode overlay) {
        overlay.properties()
                .forEach(field -> {
                    var below = base.get(field.getKey());
                    var above = field.getValue();
                    if (below instanceof ObjectNode into && above instanceof ObjectNode from) {
                        merge(into, from);
                    } else if (below instanceof ArrayNode into && above instanceof ArrayNode from && areNamed(from)) {
                        mergeNamed(into, from);
                    } else {
                        base.set(field.getKey(), above);
                    }
                });
    }

    private static void mergeNamed(ArrayNode base, ArrayNode overlay) {
        for (var above : overlay) {
            var below = find(base, Objects.requireNonNull(name(above)));
            if (below instanceof ObjectNode into) {
                merge(into, (ObjectNode) above);
            } else {
                base.add(above);
            }
        }
    }

    private static boolean areNamed(ArrayNode list) {
        return !list.isEmpty() && list.valueStream().allMatch(element -> name(element) != null);
    }

    private static @Nullable JsonNode find(ArrayNode list, String name) {
        return list.valueStream().filter(element -> name.equals(name(element))).findFirst().orElse(null);
    }

    private static @Nullable String name(JsonNode element) {
        return NAMES.stream().filter(element::has).map(key -> element.get(key).asText()).findFirst().orElse(null);
    }

    private static JsonNode read(String resource, Map<String, String> values) {
        try (var stream = DemoRealm.class.getResourceAsStream(resource)) {
            var text = new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
            for (var value : values.entrySet()) {
                text = text.replace("{{" + value.getKey() + "}}", value.getValue());
            }
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }
}
