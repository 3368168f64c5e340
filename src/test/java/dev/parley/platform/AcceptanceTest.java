package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which connections are counted. */
class AcceptanceTest {

    private final EventLoopGroup acceptors = new NioEventLoopGroup(1);
    private final EventLoopGroup workers = new NioEventLoopGroup(1);

    @AfterEach
    void stop() {
        acceptors.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        workers.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void whoever_watches_the_program_is_let_in_when_all_connections_are_taken() throws Exception {
        int readers = listen();
        int management = listen();
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(PlatformConfig.class)
                        .withDefaultValue("parley.connections", "1")
                        .withDefaultValue("parley.database.url", "jdbc:postgresql://127.0.0.1/none")
                        .withDefaultValue("parley.database.app-password", "x")
                        .build()
                        .getConfigMapping(PlatformConfig.class);
        var connections = new Connections(config, new SimpleMeterRegistry());
        new Acceptance(acceptors, connections, true, management, config)
                .plain(new HttpServerStart(new HttpServerOptions()));
        acceptors.submit(() -> {}).get(); // behind what was to be put in place

        try (var one = new Socket(InetAddress.getLoopbackAddress(), readers)) {
            assertThat(isGreeted(one)).isTrue();
            try (var above = new Socket(InetAddress.getLoopbackAddress(), readers);
                    var watcher = new Socket(InetAddress.getLoopbackAddress(), management)) {
                assertThat(isGreeted(above)).isFalse();
                assertThat(isGreeted(watcher)).isTrue();
            }
        }
    }

    /** Greets whom it accepts. */
    private int listen() throws InterruptedException {
        var listening =
                new ServerBootstrap()
                        .group(acceptors, workers)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        channel.pipeline().addLast(new Greeting());
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .sync()
                        .channel();
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private static boolean isGreeted(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            return socket.getInputStream().read() == 'H';
        } catch (SocketException e) {
            return false;
        }
    }

    private static final class Greeting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'H'}));
        }
    }
}
