package dev.parley.standalone.newspaper;

import java.util.Optional;

/** The sections of the Gazette, in the order of its navigation. */
enum Category {
    LOCAL("local", "Local", "What happens between the harbour and the hills."),
    FOOD("food", "Food", "Tables, ovens, allotments."),
    SPORT("sport", "Sport", "On the water and beside it."),
    WORLD("world", "World", "From our correspondents. Comments are read before they appear.");

    private final String key;
    private final String label;
    private final String line;

    Category(String key, String label, String line) {
        this.key = key;
        this.label = label;
        this.line = line;
    }

    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    public String line() {
        return line;
    }

    static Optional<Category> named(String key) {
        for (var category : values()) {
            if (category.key.equals(key)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }
}
