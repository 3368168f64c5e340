package dev.parley.scoring;

import dev.parley.text.NormalisedText;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.junit.QuarkusMock;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The real scorers, until they are told to fail. Takes their place for one test. */
@Vetoed
public final class Saboteur extends Scorers {

    private static final Consumer<String> NOTHING = text -> {};

    private final Scorers real;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private volatile Consumer<String> before = NOTHING;
    private volatile UnaryOperator<Scores> after = UnaryOperator.identity();
    private volatile @Nullable Scorers instead;
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private volatile Map<String, String> newer = Map.of();

    private Saboteur(Scorers real) {
        this.real = real;
    }

    public static Saboteur install() {
        var saboteur = new Saboteur(ClientProxy.unwrap(Arc.container().instance(Scorers.class).get()));
        QuarkusMock.installMockForType(saboteur, Scorers.class);
        return saboteur;
    }

    /** Does something before a text is scored; what it throws the scorer throws. */
    public void before(Consumer<String> what) {
        before = what;
    }

    /** Every text throws. */
    public void failAlways() {
        before =
                text -> {
                    throw new IllegalStateException("sabotage");
                };
    }

    /** Every text hangs until {@link #heal}, and no interrupt ends that. */
    public void hangAlways() {
        hanging = new CountDownLatch(1);
        before = text -> hang();
    }

    /** Texts with this in them hang until {@link #heal}. */
    public void hangOn(String part) {
        hanging = new CountDownLatch(1);
        before =
                text -> {
                    if (text.contains(part)) {
                        hang();
                    }
                };
    }

    /** Does something more before a text is scored. */
    public void beforeAlso(Consumer<String> what) {
        before = before.andThen(what);
    }

    /** Says something else than the models. */
    public void after(UnaryOperator<Scores> what) {
        after = what;
    }

    /** Nothing can be loaded. */
    public void loseModels() {
        instead =
                new Scorers(() -> {
                    throw new IOException("missing");
                });
    }

    /** Some model has another version than the texts were scored by. */
    public void renew(String version) {
        newer = Map.of("en/toxicity", version);
    }

    public void heal() {
        before = NOTHING;
        instead = null;
        hanging.countDown();
    }

    public int calls() {
        return all.get();
    }

    public int calls(String text) {
        return calls.getOrDefault(text, new AtomicInteger()).get();
    }

    @Override
    public Scores score(String text, NormalisedText folded, String defaultLanguage, OwnSet own) {
        all.incrementAndGet();
        calls.computeIfAbsent(text, _ -> new AtomicInteger()).incrementAndGet();
        before.accept(text);
        return after.apply(source().score(text, folded, defaultLanguage, own));
    }

    @Override
    public Map<String, String> versions(OwnSet own) {
        var versions = new HashMap<>(source().versions(own));
        versions.putAll(newer);
        return versions;
    }

    private Scorers source() {
        var other = instead;
        return other == null ? real : other;
    }

    private void hang() {
        boolean free = false;
        while (!free) {
            try {
                hanging.await();
                free = true;
            } catch (InterruptedException e) {
                // As a loop that computes: it takes no notice.
            }
        }
    }
}
