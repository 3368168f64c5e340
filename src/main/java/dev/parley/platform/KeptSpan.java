package dev.parley.platform;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/**
 * A span as it leaves: with what is named here and nothing else. It holds no reference to the span that it was made of,
 * so that a getter that comes with a new release of the SDK has nothing to give.
 */
record KeptSpan(
        String name,
        SpanKind kind,
        SpanContext self,
        SpanContext parent,
        boolean failed,
        long start,
        long end,
        Attributes attributes,
        Resource resource)
        implements SpanData {

    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.parley");

    /** Of a span, its random numbers, its times and whether it failed, under a name that was looked at. */
    static KeptSpan of(SpanData span, String name, Attributes attributes, Resource resource) {
        var parent = span.getParentSpanContext();
        return new KeptSpan(
                name,
                span.getKind(),
                bare(span.getSpanContext()),
                parent.isValid() && !parent.isRemote() ? bare(parent) : SpanContext.getInvalid(),
                span.getStatus().getStatusCode() == StatusData.error().getStatusCode(),
                span.getStartEpochNanos(),
                span.getEndEpochNanos(),
                attributes,
                resource);
    }

    /** Without a state, which another program could have sent. */
    private static SpanContext bare(SpanContext context) {
        return SpanContext.create(
                context.getTraceId(), context.getSpanId(), context.getTraceFlags(), TraceState.getDefault());
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public SpanKind getKind() {
        return kind;
    }

    @Override
    public SpanContext getSpanContext() {
        return self;
    }

    @Override
    public SpanContext getParentSpanContext() {
        return parent;
    }

    /** Without a description, which would be an exception's message. */
    @Override
    public StatusData getStatus() {
        return failed ? StatusData.error() : StatusData.unset();
    }

    @Override
    public long getStartEpochNanos() {
        return start;
    }

    @Override
    public long getEndEpochNanos() {
        return end;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public List<LinkData> getLinks() {
        return List.of();
    }

    @Override
    public int getTotalRecordedLinks() {
        return 0;
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    @Deprecated
    public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return InstrumentationLibraryInfo.empty();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    @Override
    public Resource getResource() {
        return resource;
    }
}
