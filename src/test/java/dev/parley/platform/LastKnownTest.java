package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept, for how long, and what is told when the one who is asked fails, hangs or was overtaken. */
class LastKnownTest {

    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LastKnown<String, String> known =
            new LastKnown<>(
                    "things", 100, FRESH, LONGEST, registry, now::get, new AtomicLong(LastKnown.longAgo(now::get)));

    @Test
    void what_is_new_enough_is_told_without_asking_and_what_is_not_is_asked_for() {
        assertThat(known.get("a", this::answer)).isEqualTo("a1");
        pass(FRESH.minusMillis(1));
        assertThat(known.get("a", this::answer)).isEqualTo("a1");
        assertThat(known.fresh("a")).contains("a1");

        pass(Duration.ofMillis(1));
        assertThat(known.fresh("a")).isEmpty();
        assertThat(known.get("a", this::answer)).isEqualTo("a2");
    }

    @Test
    void nothing_is_kept_of_what_is_not_there() {
        assertThat(known.get("a", _ -> nothing())).isNull();
        assertThat(known.get("a", this::answer)).isEqualTo("a1");
    }

    @Test
    void who_fails_leaves_what_was_known_until_it_is_too_old() {
        known.get("a", this::answer);
        pass(LONGEST.minusMillis(1));
        assertThat(known.get("a", _ -> fail())).isEqualTo("a1");
        assertThat(registry.counter("parley.stale.answers", "cache", "things").count()).isEqualTo(1);

        pass(Duration.ofMillis(2));
        assertThatThrownBy(() -> known.get("a", _ -> fail())).hasMessage("away");
        assertThat(known.get("a", this::answer)).isEqualTo("a2");
    }

    @Test
    void what_was_changed_is_told_only_if_the_change_cannot_be_read_and_is_no_younger_by_that() {
        known.get("a", this::answer);
        pass(LONGEST.minusMillis(1));
        known.outdate("a");
        assertThat(known.get("a", _ -> fail())).isEqualTo("a1");
        pass(Duration.ofMillis(1));
        assertThatThrownBy(() -> known.get("a", _ -> fail())).hasMessage("away");

        assertThat(known.get("a", this::answer)).isEqualTo("a2");
        known.outdate("a");
        assertThat(known.fresh("a")).isEmpty();
        pass(Duration.ofSeconds(3)); // until the failures above no longer make impatient
        assertThat(known.get("a", this::answer)).isEqualTo("a3");
    }

    @Test
    void that_something_is_gone_is_an_answer() {
        known.get("a", this::answer);
        pass(FRESH);

        assertThatThrownBy(() -> known.get("a", _ -> gone())).isInstanceOf(NotFound.class);
    }

    @Test
    void who_hangs_is_waited_for_once_and_only_by_those_who_know_nothing() throws Exception {
        known.get("a", this::answer);
        pass(FRESH);
        var wake = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> known.get("a", key -> answerAfter(begun, wake, key)));
            begun.await();
            pass(Duration.ofSeconds(3)); // longer than anybody is patient
            assertThat(known.get("a", this::answer)).isEqualTo("a1");
            assertThat(asked).hasValue(1);

            var unknown = threads.submit(() -> known.get("b", key -> answerAfter(begun, wake, key)));
            assertThat(unknown.isDone()).isFalse();
            wake.countDown();
            assertThat(unknown.get()).startsWith("b");
            assertThat(first.get()).startsWith("a");
        }
    }

    @Test
    void what_was_read_before_a_change_is_told_to_those_who_asked_before_it_and_to_nobody_else() throws Exception {
        var wake = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var early =
                    threads.submit(() ->
                            known.get(
                                    "a",
                                    _ -> {
                                        await(begun, wake);
                                        return "before";
                                    }));
            begun.await();
            known.outdate("a");
            assertThat(known.get("a", _ -> "after")).isEqualTo("after");
            wake.countDown();

            assertThat(early.get()).isEqualTo("before");
            assertThat(known.get("a", this::answer)).isEqualTo("after");
        }
    }

    @Test
    void many_who_ask_at_once_ask_once() throws Exception {
        var wake = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one =
                    CompletableFuture.supplyAsync(() -> known.get("a", key -> answerAfter(begun, wake, key)), threads);
            begun.await();
            var others =
                    java.util.stream.IntStream.range(0, 20)
                            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> known.get("a", this::answer), threads))
                            .toList();
            wake.countDown();

            assertThat(one.join()).isEqualTo("a1");
            assertThat(others).allMatch(other -> "a1".equals(other.join()));
        }
    }

    private String answer(String key) {
        return key + asked.incrementAndGet();
    }

    private String answerAfter(CountDownLatch begun, CountDownLatch wake, String key) {
        await(begun, wake);
        return answer(key);
    }

    private static void await(CountDownLatch begun, CountDownLatch wake) {
        begun.countDown();
        try {
            wake.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String nothing() {
        return null;
    }

    private static String fail() {
        throw new IllegalStateException("away");
    }

    private static String gone() {
        throw new NotFound("thing");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
