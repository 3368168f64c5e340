package dev.parley.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.parley.text.NormalisedText;
import dev.parley.text.WordList;
import java.util.List;

/** Word lists as they are searched with, made once for equal lists: making one costs far more than searching. */
final class WordLists {

    /** Entries in all lists together; one of a hundred letters takes some kilobytes. */
    private static final int MOST_ENTRIES = 100_000;

    private static final LoadingCache<List<String>, WordList> MADE =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_ENTRIES)
                    .weigher((List<String> words, WordList _) -> words.size())
                    .build(WordList::of);

    private WordLists() {}

    static List<WordList.Match> find(List<String> words, NormalisedText text) {
        return words.isEmpty() ? List.of() : MADE.get(words).find(text);
    }
}
