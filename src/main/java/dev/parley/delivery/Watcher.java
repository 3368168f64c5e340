package dev.parley.delivery;

import dev.parley.platform.Json;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One open stream. Events wait in a short queue of its own and are written by a thread of its own, so that a slow
 * reader holds nobody up: one who takes nothing for a while is cut off and may come back.
 */
final class Watcher {

    private static final Logger LOG = Logger.getLogger(Watcher.class);
    private static final int WAITING = 64;

    private final SseEventSink sink;
    private final Sse sse;
    private final Json json;
    private final LiveConfig config;
    private final Duration lifetime;
    private final Duration again;

    /** Breaks the connection, however much is still to be written. */
    private final Runnable cut;

    private final BlockingQueue<LiveEvent> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Runnable onEnd = () -> {};
    private volatile @Nullable Thread writer;

    /**
     * @param lifetime after which the stream ends by itself
     * @param again after which a browser opens the next one
     */
    Watcher(SseEventSink sink, Sse sse, Json json, LiveConfig config, Duration lifetime, Duration again, Runnable cut) {
        this.sink = sink;
        this.sse = sse;
        this.json = json;
        this.config = config;
        this.lifetime = lifetime;
        this.again = again;
        this.cut = cut;
    }

    void onEnd(Runnable work) {
        onEnd = work;
    }

    /**
     * Sends a comment line, so that the reader knows that it is heard, and from then on whatever happens, from a thread
     * of its own. The line is written before this returns: the request's own handling comes next, and must find the
     * head of the answer written, else it writes one too.
     */
    void start() {
        if (attempt(() -> send(sse.newEventBuilder().comment("parley").reconnectDelay(again.toMillis()).build()))) {
            writer =
                    Thread.ofVirtual()
                            .name("live")
                            .start(() -> {
                                attempt(this::write);
                                end();
                            });
        } else {
            end();
        }
    }

    /** Never waits. Where more happens than fits, the reader is told to ask anew instead. */
    void offer(LiveEvent event) {
        if (!waiting.offer(event)) {
            waiting.clear();
            waiting.offer(LiveEvent.RESYNC);
        }
    }

    /** Ends the stream; the second time nothing happens. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            onEnd.run();
            var thread = writer;
            if (thread != null) {
                thread.interrupt();
            }
            sink.close();
        }
    }

    private void cutOff() {
        cut.run();
        end();
    }

    private void write() throws InterruptedException, ExecutionException, TimeoutException {
        long until = System.nanoTime() + lifetime.toNanos();
        while (!ended.get() && !sink.isClosed()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return;
            }
            var event = waiting.poll(Math.min(left, config.heartbeat().toNanos()), TimeUnit.NANOSECONDS);
            if (event != null) {
                send(sse.newEventBuilder().name(event.name()).data(json.write(event.data())).build());
            } else if (System.nanoTime() < until) {
                send(sse.newEventBuilder().comment("still here").build());
            }
        }
    }

    /** What waits for the reader. */
    private interface Writing {
        void run() throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** Whether the writing succeeded; a reader who takes nothing is cut off. */
    private boolean attempt(Writing writing) {
        try {
            writing.run();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // ended meanwhile
        } catch (TimeoutException e) {
            LOG.debug("A live stream was cut: its reader takes nothing");
            cutOff();
        } catch (ExecutionException | RuntimeException e) {
            LOG.debugf("A live stream broke: %s", e.getClass().getName());
        }
        return false;
    }

    private void send(OutboundSseEvent event) throws InterruptedException, ExecutionException, TimeoutException {
        Duration patience = config.patience();
        sink.send(event).toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
