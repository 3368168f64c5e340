package dev.parley.isolation;

import java.util.Map;
import java.util.function.Function;

/**
 * One operation and how it is called.
 *
 * @param operation method and path as the OpenAPI document has them
 * @param who the least role that may call it
 * @param success status of the right call
 * @param call the call, made from the things of one tenant
 */
record Row(String operation, Who who, int success, Function<World, Call> call) {

    enum Who {
        READER,
        /** With an API key in the query. */
        PROGRAM,
        SIGNED_IN,
        MODERATOR,
        ADMIN,
        OPERATOR
    }

    /**
     * @param body JSON, or a form if it is a {@code Form}; null for none
     */
    record Call(Map<String, Object> path, Map<String, Object> query, Map<String, String> headers, Object body) {
        static Call path(Map<String, Object> path) {
            return new Call(path, Map.of(), Map.of(), null);
        }

        Call query(Map<String, Object> query) {
            return new Call(path, query, headers, body);
        }

        Call headers(Map<String, String> headers) {
            return new Call(path, query, headers, body);
        }

        Call body(Object body) {
            return new Call(path, query, headers, body);
        }
    }

    String method() {
        return operation.substring(0, operation.indexOf(' '));
    }

    String template() {
        return operation.substring(operation.indexOf(' ') + 1);
    }

    boolean isStaff() {
        return who == Who.MODERATOR || who == Who.ADMIN;
    }
}
