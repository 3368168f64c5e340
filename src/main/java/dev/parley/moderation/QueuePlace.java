package dev.parley.moderation;

import java.util.UUID;

/** Where a page of the queue ended. */
record QueuePlace(double risk, UUID id) {

    static QueuePlace parse(String text) {
        int cut = text.indexOf(' ');
        return new QueuePlace(Double.parseDouble(text.substring(0, cut)), UUID.fromString(text.substring(cut + 1)));
    }

    @Override
    public String toString() {
        return risk + " " + id;
    }
}
