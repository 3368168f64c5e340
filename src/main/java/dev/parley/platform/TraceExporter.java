package dev.parley.platform;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The one way out for traces: all pass {@link SpanFilter} here. Since it is there, the extension makes no exporter of
 * its own, and {@link Tracing} puts it in the place of any other. Without an endpoint it sends nothing.
 */
@Singleton
@Unremovable
class TraceExporter implements SpanExporter {

    private static final Logger LOG = Logger.getLogger(TraceExporter.class);

    private final SpanFilter filter;
    private final SpanExporter way;
    private final AtomicBoolean failing = new AtomicBoolean();

    TraceExporter(SpanFilter filter, PlatformConfig config) {
        this.filter = filter;
        this.way =
                config.traces()
                        .endpoint()
                        .<SpanExporter>map(endpoint -> OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build())
                        .orElseGet(SpanExporter::composite);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var kept = spans.stream().map(filter::kept).flatMap(Optional::stream).toList();
        if (kept.isEmpty()) {
            return CompletableResultCode.ofSuccess();
        }
        var result = way.export(kept);
        return result.whenComplete(() -> told(result.isSuccess()));
    }

    /** Once when it begins and once when it is over: spans are lost, nothing else. */
    private void told(boolean success) {
        if (failing.compareAndSet(success, !success)) {
            if (success) {
                LOG.info("Traces are taken again");
            } else {
                LOG.warn("Traces are not taken at parley.traces.endpoint, and lost meanwhile");
            }
        }
    }

    @Override
    public CompletableResultCode flush() {
        return way.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return way.shutdown();
    }
}
