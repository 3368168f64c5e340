package dev.parley.scoring;

import java.util.Random;

/** Comments to measure with: of sentences of our own, seeded, in proportion calm, rude, disguised and with links. */
public final class SampleComments {
    /** So many different ones that no branch is learnt by heart. */
    private static final int COUNT = 512;

    private static final String[] CALM = {
        "Thank you for this careful report about the bridge.",
        "I walk there every morning and never saw a single worker.",
        "The council should have asked the people who live beside it.",
        "What does the repair cost, and who pays for it in the end?",
        "My grandfather helped to build the old one in the fifties.",
        "Has anybody read the study that the mayor is quoting?",
        "It would be cheaper to let the ferry run on Sundays, too.",
        "I don't agree, but that is a fair point and well put.",
        "Great pictures, especially the second one with the fog.",
        "The timetable says 7:45 and the bus comes at 8:10, every day!",
        "Nobody mentions the noise, which is what we hear at night.",
        "Please correct the name of the architect in the third paragraph.",
        "So we spend 4.5 million on this, and the school has no roof?",
        "Agreed :) see you at the meeting on Thursday evening.",
        "Calm down, everybody, it is a bridge and not a cathedral."
    };
    private static final String[] RUDE = {
        "You are a stupid idiot and a pathetic liar.",
        "Only a complete moron would believe that rubbish.",
        "Shut up, you clown, nobody wants to hear it.",
        "What a disgusting piece of trash this author is.",
        "y0u are a st.u.p.i.d 1d10t",
        "th1s is bull$hit and you kn*w it",
        "s h u t u p you lоsеr"
    };
    private static final String[] OTHER = {
        "See https://town.example/minutes/2026-03?page=4 for the minutes.",
        "Cheap pills at www.pills.example, free shipping today!!!",
        "👍👍 finally!",
        "The café naïvely calls it a 'promenade' – really?"
    };

    private SampleComments() {}

    /** Comments of about this many characters, never cut inside a word. */
    public static String[] of(int length) {
        var random = new Random(length);
        var comments = new String[COUNT];
        for (int i = 0; i < COUNT; i++) {
            var text = new StringBuilder();
            while (text.length() < length) {
                var kind = random.nextInt(10);
                var from = kind < 7 ? CALM : kind < 9 ? RUDE : OTHER;
                text.append(from[random.nextInt(from.length)]).append(' ');
            }
            int end = text.lastIndexOf(" ", length + 6);
            comments[i] = text.substring(0, end < length / 2 ? text.length() - 1 : end);
        }
        return comments;
    }

    /** Nonsense words, of which hardly one comes twice: the most different features that a text can have. */
    static String different(int length) {
        var random = new Random(length);
        var text = new StringBuilder();
        while (text.length() < length) {
            for (int i = 3 + random.nextInt(8); i > 0; i--) text.append((char) ('a' + random.nextInt(26)));
            text.append(' ');
        }
        return text.substring(0, length);
    }
}
