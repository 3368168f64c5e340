package dev.parley.comment;

import java.util.UUID;

/** Where a page of a thread ended. */
record ThreadPlace(int replies, UUID id) {

    static ThreadPlace parse(String text) {
        int cut = text.indexOf(' ');
        return new ThreadPlace(Integer.parseInt(text.substring(0, cut)), UUID.fromString(text.substring(cut + 1)));
    }

    @Override
    public String toString() {
        return replies + " " + id;
    }
}
