package dev.parley.platform;

import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.quarkus.arc.Unremovable;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import jakarta.inject.Singleton;

/**
 * How traces are set up, whatever else is configured. They leave by {@link TraceExporter} and begin and end here: of
 * callers, who are the public, no context is taken, since it would say what is to be traced and put its numbers under
 * our spans; to receivers of webhooks, who are strangers, none is given.
 */
@Singleton
@Unremovable
class Tracing implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    private final TraceExporter exporter;

    Tracing(TraceExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addSpanExporterCustomizer((_, _) -> exporter);
        builder.addPropagatorCustomizer((_, _) -> TextMapPropagator.noop());
    }
}
