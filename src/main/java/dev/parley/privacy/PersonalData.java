package dev.parley.privacy;

import java.util.ArrayList;
import java.util.List;

/**
 * Email addresses and phone numbers in what a reader wrote, and the text without them. A plain matcher: it knows no
 * person, only shapes. Takes time linear in the length of the text.
 *
 * @param masked the text with {@link #EMAIL} and {@link #PHONE} in their places; the text itself if there were none
 * @param found whether there were any
 */
public record PersonalData(String masked, boolean found) {

    /** Stands where an email address stood. */
    public static final String EMAIL = "[email removed]";

    /** Stands where a phone number stood. */
    public static final String PHONE = "[phone number removed]";

    /** A place in the text to be masked. */
    record Spot(int start, int end, String mark) {}

    /** Looks through a text. */
    public static PersonalData in(String text) {
        var seen = SeenText.of(text);
        var spots = new ArrayList<Spot>(WrittenEmails.in(seen));
        spots.addAll(WrittenPhones.in(seen, List.copyOf(spots)));
        if (spots.isEmpty()) {
            return new PersonalData(text, false);
        }
        spots.sort(java.util.Comparator.comparingInt(Spot::start));
        return new PersonalData(without(text, spots), true);
    }

    private static String without(String text, List<Spot> spots) {
        var masked = new StringBuilder();
        int from = 0;
        for (var spot : spots) {
            masked.append(text, from, spot.start()).append(spot.mark());
            from = spot.end();
            // In Markdown a bracket right after one makes a link of both.
            if (from < text.length() && "([".indexOf(text.charAt(from)) >= 0) {
                masked.append(' ');
            }
        }
        return masked.append(text, from, text.length()).toString();
    }

    @Override
    public String toString() {
        return "PersonalData[" + found + "]";
    }
}
