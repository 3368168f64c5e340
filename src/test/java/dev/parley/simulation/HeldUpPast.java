package dev.parley.simulation;

import dev.parley.tenant.TenantContext;
import io.quarkus.test.junit.QuarkusMock;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The real past in pages of two comments. The first trial that reads it is held up after some pages until it is let go;
 * others are not. Takes the real one's place for one test.
 */
@Vetoed
final class HeldUpPast extends Past {

    static final int PAGE = 2;

    /** More than may wait to be judged, so that some were judged by then. */
    static final int PAGES = 6;

    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicReference<Thread> first = new AtomicReference<>();
    private final AtomicInteger pages = new AtomicInteger();

    private HeldUpPast(DataSource dataSource, TenantContext context) {
        super(dataSource, context);
    }

    static HeldUpPast install(DataSource dataSource, TenantContext context) {
        var past = new HeldUpPast(dataSource, context);
        QuarkusMock.installMockForType(past, Past.class);
        return past;
    }

    @Override
    List<PastComment> before(Range range, @Nullable UUID comment, int limit) {
        first.compareAndSet(null, Thread.currentThread());
        if (Thread.currentThread() == first.get() && pages.getAndIncrement() == PAGES) {
            await();
        }
        return super.before(range, comment, Math.min(limit, PAGE));
    }

    /** How many pages the first trial asked for. */
    int pages() {
        return pages.get();
    }

    /** Lets the first trial go on, and waits for its end. */
    void letGo() throws InterruptedException {
        go.countDown();
        if (first.get() != null && !first.get().join(Duration.ofSeconds(30))) {
            throw new AssertionError("Waited in vain for the end of the trial that was held up");
        }
    }

    private void await() {
        try {
            if (!go.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The trial was never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
