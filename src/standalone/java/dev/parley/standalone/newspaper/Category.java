package dev.parley.standalone.newspaper;

import java.util.Optional;
import java.util.function.Function;

/** The sections of the Gazette, in the order of its navigation. */
enum Category {
    LOCAL("local", NewspaperMessages::local, NewspaperMessages::localLine),
    FOOD("food", NewspaperMessages::food, NewspaperMessages::foodLine),
    SPORT("sport", NewspaperMessages::sport, NewspaperMessages::sportLine),
    WORLD("world", NewspaperMessages::world, NewspaperMessages::worldLine);

    /** As an edition names it. */
    record Section(String key, String label, String line, String href) {}

    private final String key;
    private final Function<NewspaperMessages, String> label;
    private final Function<NewspaperMessages, String> line;

    Category(String key, Function<NewspaperMessages, String> label, Function<NewspaperMessages, String> line) {
        this.key = key;
        this.label = label;
        this.line = line;
    }

    String key() {
        return key;
    }

    Section in(Edition edition, NewspaperMessages words) {
        return new Section(key, label.apply(words), line.apply(words), edition.prefix() + "/category/" + key);
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
