package dev.parley.platform;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which the head of a request (HTTP/1: its line and headers; HTTP/2: a frame that is not of a
 * body, and those that go on with it) takes longer than it may. The time begins with its first byte, for each head
 * anew; silence between requests is not this one's business, nor are bodies.
 *
 * <p>It stands in front of what decodes, and asks for the time only if a head is not whole after a read, as hardly ever
 * happens. While an earlier request is still to be answered it waits.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {

    /** What the connection speaks. */
    private interface Protocol {

        /** Bytes will be decoded. */
        void read(ByteBuf bytes);

        /** Number of the head of which a part has come; 0 between heads. */
        long head();

        /** Whether somebody waits for an answer on this connection. */
        boolean isAnswering();
    }

    private final long millis;

    /** Unknown until it is seen what the server decodes with. */
    private @Nullable Protocol protocol;

    /** Bytes that came before that. */
    private int sniffed;

    private @Nullable Future<?> timer;

    /** What the timer is for. */
    private long timed;

    private boolean movedOrGivenUp;

    HeadDeadline(Duration deadline) {
        millis = deadline.toMillis();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        if (protocol == null) {
            find(context);
            // Whether it is HTTP/1 or 2 may be decided by the first bytes. They are passed on one by one, as a slow
            // network might, so that what is then put in place can be seen before it gets a whole head.
            while (protocol == null && !movedOrGivenUp && bytes.isReadable()) {
                sniffed++;
                context.fireChannelRead(bytes.readRetainedSlice(1));
                find(context);
            }
        }
        if (bytes.isReadable()) {
            if (protocol != null) {
                protocol.read(bytes);
            }
            context.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
        if (!context.isRemoved()) {
            time(context, head());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    /** An upgrade to HTTP/2 within a connection clears it of everything that was there before. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
        var pipeline = context.pipeline();
        if (!movedOrGivenUp
                && context.channel().isActive()
                && pipeline.get(Http2ConnectionHandler.class) != null
                && pipeline.get(HeadDeadline.class) == null) {
            pipeline.addFirst(new HeadDeadline(Duration.ofMillis(millis)));
        }
    }

    private void find(ChannelHandlerContext context) {
        var pipeline = context.pipeline();
        var decoder = pipeline.context(HttpRequestDecoder.class);
        var encoder = pipeline.context(HttpResponseEncoder.class);
        if (decoder != null && encoder != null) {
            var heads = new Http1Heads(sniffed > 0);
            protocol = heads;
            pipeline.addAfter(encoder.name(), null, heads);
        } else if (pipeline.get(Http2ConnectionHandler.class) != null) {
            protocol = new Http2Heads(sniffed);
        } else if (sniffed == 0 && isEncrypted(context)) {
            movedOrGivenUp = true;
            pipeline.remove(this);
        } else if (sniffed >= HeadFrames.OPENING) {
            movedOrGivenUp = true; // not HTTP
            pipeline.remove(this);
        }
    }

    /** Behind TLS is another such handler then. Handshakes have a time limit of their own. */
    private boolean isEncrypted(ChannelHandlerContext context) {
        var pipeline = context.pipeline();
        var names = pipeline.names();
        var tls = pipeline.context(SslHandler.class);
        if (tls == null) {
            tls = pipeline.context(AbstractSniHandler.class);
        }
        if (tls == null || names.indexOf(tls.name()) < names.indexOf(context.name())) {
            return false;
        }
        pipeline.addAfter(tls.name(), null, new HeadDeadline(Duration.ofMillis(millis)));
        return true;
    }

    private long head() {
        return protocol != null ? protocol.head() : sniffed > 0 ? 1 : 0;
    }

    private void time(ChannelHandlerContext context, long head) {
        if (timer != null && head != timed) {
            stop();
        }
        if (timer == null && head != 0) {
            timed = head;
            timer = context.executor().schedule(() -> late(context), millis, TimeUnit.MILLISECONDS);
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void late(ChannelHandlerContext context) {
        timer = null;
        if (protocol != null && protocol.isAnswering()) {
            time(context, head());
        } else {
            context.close();
        }
    }

    /** Stands behind decoder and encoder, and sees where heads and answers end. */
    private static final class Http1Heads extends ChannelDuplexHandler implements Protocol {

        private long begun;
        private boolean inHead;
        private boolean inBody;
        private long unanswered;
        private boolean interim;

        Http1Heads(boolean hasBegun) {
            inHead = hasBegun;
            begun = hasBegun ? 1 : 0;
        }

        @Override
        public void read(ByteBuf bytes) {
            if (!inHead && !inBody) {
                inHead = true;
                begun++;
            }
        }

        @Override
        public long head() {
            return inHead ? begun : 0;
        }

        @Override
        public boolean isAnswering() {
            return unanswered > 0;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                if (request.decoderResult().cause() instanceof PrematureChannelClosureException) {
                    // Who goes amid a head, or is cut off, can't be answered; Vert.x would log it as a fault.
                    ReferenceCountUtil.release(message);
                    return;
                }
                inHead = false;
                inBody = true;
                unanswered++;
            }
            if (message instanceof LastHttpContent) {
                inBody = false;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof HttpResponse response) {
                interim =
                        response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                                && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            }
            if (message instanceof LastHttpContent && !interim) {
                unanswered--;
            }
            context.write(message, promise);
        }
    }

    /** A head that trickles keeps all other requests of the connection from going on, so nobody is waited for. */
    private static final class Http2Heads implements Protocol {

        private final HeadFrames frames;

        Http2Heads(int opened) {
            frames = new HeadFrames(opened);
        }

        @Override
        public void read(ByteBuf bytes) {
            frames.read(bytes);
        }

        @Override
        public long head() {
            return frames.head();
        }

        @Override
        public boolean isAnswering() {
            return false;
        }
    }
}
