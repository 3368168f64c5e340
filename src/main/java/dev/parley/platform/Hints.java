package dev.parley.platform;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names of whoever may have work waiting, kept in memory only: what is lost here is found by a sweep. */
public final class Hints {

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public void add(String name) {
        names.add(name);
    }

    /** Takes all names out. One that is added meanwhile is taken now or the next time. */
    public Set<String> take() {
        var taken = new HashSet<String>();
        for (var name : names) {
            if (names.remove(name)) {
                taken.add(name);
            }
        }
        return taken;
    }
}
