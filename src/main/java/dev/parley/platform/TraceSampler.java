package dev.parley.platform;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Which traces are taken: a share of the requests and of the webhooks, whole. What callers wish does not count. Jobs
 * are not traced; each of their statements would be a trace of its own.
 */
@Singleton
@Unremovable
class TraceSampler implements Sampler {

    private final Sampler share;

    TraceSampler(PlatformConfig config) {
        this.share = Sampler.traceIdRatioBased(config.traces().share());
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        var above = Span.fromContext(parent).getSpanContext();
        if (above.isValid() && !above.isRemote()) {
            return above.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
        }
        return kind == SpanKind.SERVER || name.equals(SpanFilter.WEBHOOK)
                ? share.shouldSample(Context.root(), traceId, name, kind, attributes, List.of())
                : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "requests and webhooks";
    }
}
