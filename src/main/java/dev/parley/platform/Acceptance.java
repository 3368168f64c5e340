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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Counts every connection that is accepted ({@link Connections}) and puts a {@link HeadDeadline} in front of it. The
 * web server has limits for silence and for the size of a head, none for its time, counts a connection only once
 * something was sent on it, and lets nobody look before a head is there; what it listens on can be asked of the event
 * loops. It listens a moment earlier than it says so: who connects in that moment has no deadline and is not counted.
 */
@Singleton
class Acceptance {

    private static final Logger LOG = Logger.getLogger(Acceptance.class);

    private final EventLoopGroup acceptors;
    private final Connections connections;
    private final Optional<Integer> management;
    private final Duration deadline;

    Acceptance(
            @BossEventLoopGroup EventLoopGroup acceptors,
            Connections connections,
            @ConfigProperty(name = "quarkus.management.enabled", defaultValue = "false") boolean managed,
            @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int management,
            PlatformConfig config) {
        this.acceptors = acceptors;
        this.connections = connections;
        this.management = managed ? Optional.of(management) : Optional.empty();
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
                LOG.warnf(
                        "Connections are not counted and heads have no deadline: %s does not tell what it listens on",
                        executor);
            }
        }
    }

    private void guard(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(Accepted.class) == null) {
            channel.pipeline().addFirst(new Accepted());
        }
    }

    /** Whoever watches the program is let in however many others are there. */
    private boolean isForManagement(Channel listening) {
        return management.isPresent()
                && listening.localAddress() instanceof InetSocketAddress address
                && address.getPort() == management.get();
    }

    private final class Accepted extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel accepted) {
                if (!isForManagement(context.channel()) && !connections.admit(accepted)) {
                    return;
                }
                accepted.pipeline().addFirst(new HeadDeadline(deadline));
            }
            context.fireChannelRead(message);
        }
    }
}
