package dev.parley.widget;

/** JSON inside a script element. */
final class ScriptJson {

    private ScriptJson() {}

    /** The same JSON with no sign in it that could end the element or open a comment. */
    static String safe(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }
}
