package dev.parley.training;

import java.util.Random;

/** Ways in which writers hide words, to measure how many come through. */
enum Disguise {
    NONE,
    LEET,
    LOOK_ALIKE,
    ZERO_WIDTH,
    SPACED,
    DOTTED,
    FULL_WIDTH,
    DIACRITICS,
    STARRED,
    SWAPPED;

    private static final String PLAIN = "aeiost";
    private static final String DIGITS = "431057";
    private static final String LATIN = "aeopcxyi";
    private static final String CYRILLIC = "аеорсхуі";

    /** The text in this disguise; every word of four letters and more is hidden. */
    String apply(String text, Random random) {
        if (this == NONE) return text;
        var hidden = new StringBuilder();
        for (var word : text.split("(?<=\\s)|(?=\\s)")) {
            boolean letters =
                    word.length() >= 4
                            && word.chars().allMatch(c -> c < 0x80 && !Character.isWhitespace(c))
                            && !word.contains("/");
            hidden.append(letters ? hide(word, random) : word);
        }
        return hidden.toString();
    }

    private String hide(String word, Random random) {
        return switch (this) {
            case NONE -> word;
            case LEET -> replace(word, PLAIN, DIGITS);
            case LOOK_ALIKE -> replace(word, LATIN, CYRILLIC);
            case ZERO_WIDTH -> String.join("\u200b", word.split(""));
            case SPACED -> String.join(" ", word.split("")) + " ";
            case DOTTED -> String.join(".", word.split(""));
            case FULL_WIDTH -> shifted(word);
            case DIACRITICS -> String.join("\u0301", word.split(""));
            case STARRED -> starred(word, random);
            case SWAPPED -> swapped(word, random);
        };
    }

    private static String replace(String word, String from, String to) {
        var out = new StringBuilder(word);
        for (int i = 0; i < word.length(); i++) {
            int at = from.indexOf(Character.toLowerCase(word.charAt(i)));
            if (at >= 0) out.setCharAt(i, to.charAt(at));
        }
        return out.toString();
    }

    private static String shifted(String word) {
        var out = new StringBuilder();
        word.chars().forEach(c -> out.append((char) (c > 0x20 && c < 0x7F ? c - 0x20 + 0xFF00 : c)));
        return out.toString();
    }

    private static String starred(String word, Random random) {
        var out = new StringBuilder(word);
        out.setCharAt(1 + random.nextInt(word.length() - 2), '*');
        return out.toString();
    }

    private static String swapped(String word, Random random) {
        int at = 1 + random.nextInt(word.length() - 2);
        return word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
    }
}
