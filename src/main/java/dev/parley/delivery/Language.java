package dev.parley.delivery;

import java.util.Locale;

/** The languages that mails are written in. */
enum Language {
    EN,
    DE,
    AR;

    /** The language of that ISO code; English where it is another one. */
    static Language of(String code) {
        for (var language : values()) {
            if (language.code().equals(code)) {
                return language;
            }
        }
        return EN;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isRightToLeft() {
        return this == AR;
    }
}
