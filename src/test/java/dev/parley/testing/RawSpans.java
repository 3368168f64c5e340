package dev.parley.testing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Spans as the libraries make them, before anything is taken out: what a filter has to keep back. */
@Singleton
@Unremovable
public class RawSpans implements SpanProcessor {

    private final List<String> ended = new CopyOnWriteArrayList<>();
    private volatile boolean on;

    /** From now on they are kept. */
    public void keep() {
        ended.clear();
        on = true;
    }

    /** All that stands in those that were kept. */
    public String text() {
        return String.join("\n", ended);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (on) {
            var data = span.toSpanData();
            var events = data.getEvents().stream().map(event -> event.getName() + " " + event.getAttributes()).toList();
            ended.add(data + " " + events + " " + data.getLinks() + " " + data.getStatus());
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
