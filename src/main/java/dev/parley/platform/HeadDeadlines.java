package dev.parley.platform;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.quarkus.netty.BossEventLoopGroup;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Puts a {@link HeadDeadline} in front of every connection that is accepted. The web server has limits for silence and
 * for the size of a head, none for its time, and lets nobody look before a head is there; what it listens on can be
 * asked of the event loops. It listens a moment earlier than it says so: who connects in that moment has no deadline.
 */
@Singleton
class HeadDeadlines {

    private static final Logger LOG = Logger.getLogger(HeadDeadlines.class);

    private final EventLoopGroup acceptors;
    private final Duration deadline;

    HeadDeadlines(@BossEventLoopGroup EventLoopGroup acceptors, PlatformConfig config) {
        this.acceptors = acceptors;
        deadline = config.headDeadline();
        if (deadline.toMillis() < 1) {
            throw new IllegalArgumentException("parley.head-deadline must be a millisecond or more");
        }
    }

    void plain(@ObservesAsync HttpServerStart started) {
        guard();
    }

    void encrypted(@ObservesAsync HttpsServerStart started) {
        guard();
    }

    private void guard() {
        for (var executor : acceptors) {
            if (executor instanceof SingleThreadEventLoop loop) {
                loop.execute(() -> loop.registeredChannelsIterator().forEachRemaining(this::guard));
            } else {
                LOG.warnf("Heads of requests have no deadline: %s does not tell what it listens on", executor);
            }
        }
    }

    private void guard(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(Accepted.class) == null) {
            channel.pipeline().addFirst(new Accepted(deadline));
        }
    }

    private static final class Accepted extends ChannelInboundHandlerAdapter {

        private final Duration deadline;

        Accepted(Duration deadline) {
            this.deadline = deadline;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel accepted) {
                accepted.pipeline().addFirst(new HeadDeadline(deadline));
            }
            context.fireChannelRead(message);
        }
    }
}
