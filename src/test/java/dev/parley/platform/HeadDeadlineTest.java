package dev.parley.platform;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On its own, by a clock that is moved; in the running program it is tried by {@code LiveTest}. */
class HeadDeadlineTest {

    private static final String WHOLE = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final EmbeddedChannel connection =
            new EmbeddedChannel(
                    new HeadDeadline(Duration.ofSeconds(20)), new HttpRequestDecoder(), new HttpResponseEncoder());

    HeadDeadlineTest() {
        connection.freezeTime();
    }

    @AfterEach
    void release() {
        connection.finishAndReleaseAll();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private void send(String text) {
        connection.writeInbound(bytes(text));
    }

    /** A byte a second. */
    private void trickle(int seconds) {
        for (int i = 0; i < seconds && connection.isOpen(); i++) {
            send("a");
            pass(1);
        }
    }

    private void pass(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
    }

    private void answer(HttpResponseStatus status) {
        connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
    }

    @Test
    void a_head_that_trickles_closes_the_connection_when_its_time_is_over() {
        trickle(19);
        assertThat(connection.isOpen()).isTrue();

        trickle(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void what_ends_amid_a_head_is_told_to_nobody_and_what_is_malformed_is() {
        trickle(20);
        assertThat(connection.inboundMessages()).isEmpty();
        assertDoesNotThrow(connection::checkException);

        var other =
                new EmbeddedChannel(
                        new HeadDeadline(Duration.ofSeconds(20)), new HttpRequestDecoder(), new HttpResponseEncoder());
        other.writeInbound(bytes("GET / HTTP/1.1\r\n: none\r\n\r\n"));
        HttpRequest malformed = other.readInbound();
        assertThat(malformed.decoderResult().isFailure()).isTrue();
        other.finishAndReleaseAll();
    }

    @Test
    void a_head_that_stops_amid_closes_it_too() {
        send("GET / HTTP/1.1\r\nHost: lo");
        pass(20);

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void nothing_is_timed_before_the_first_byte_and_between_requests() {
        pass(60);
        send(WHOLE);
        answer(HttpResponseStatus.OK);
        pass(60);
        send(WHOLE);
        pass(60);

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void a_body_that_trickles_is_left_to_others() {
        send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
        trickle(60);

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void each_head_has_the_whole_time() {
        send("GET / HTTP/1.1\r\n");
        pass(19);
        send("Host: localhost\r\n\r\n");
        answer(HttpResponseStatus.OK);
        send("GET / HTTP/1.1\r\n");
        pass(19);
        assertThat(connection.isOpen()).isTrue();

        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void a_later_head_is_timed_after_a_request_with_a_body() {
        send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
        answer(HttpResponseStatus.CONTINUE);
        answer(HttpResponseStatus.OK);
        trickle(20);

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void while_an_earlier_request_is_answered_nothing_is_closed() {
        send(WHOLE);
        answer(HttpResponseStatus.CONTINUE);
        trickle(100);
        assertThat(connection.isOpen()).isTrue();

        answer(HttpResponseStatus.OK);
        trickle(20);
        assertThat(connection.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 23, 24})
    void what_decodes_may_be_put_in_place_after_some_bytes(int after) {
        var slow = sniffing(after);
        slow.writeInbound(bytes(WHOLE));
        assertThat(slow.inboundMessages()).as("a request and its end").hasSize(2);
        slow.advanceTimeBy(60, TimeUnit.SECONDS);
        slow.runScheduledPendingTasks();
        assertThat(slow.isOpen()).as("was whole").isTrue();

        slow.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        slow.writeInbound(bytes("GET"));
        slow.advanceTimeBy(20, TimeUnit.SECONDS);
        slow.runScheduledPendingTasks();
        assertThat(slow.isOpen()).isFalse();
        slow.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 24})
    void a_connection_that_does_not_say_what_it_speaks_is_closed(int sent) {
        var slow = sniffing(3);
        slow.writeInbound(bytes(WHOLE.substring(0, sent)));
        slow.advanceTimeBy(19, TimeUnit.SECONDS);
        slow.runScheduledPendingTasks();
        assertThat(slow.isOpen()).isTrue();

        slow.advanceTimeBy(1, TimeUnit.SECONDS);
        slow.runScheduledPendingTasks();
        assertThat(slow.isOpen()).isFalse();
        slow.finishAndReleaseAll();
    }

    @Test
    void what_is_no_http_is_left_alone() {
        var other = new EmbeddedChannel(new HeadDeadline(Duration.ofSeconds(20)));
        other.freezeTime();

        other.writeInbound(bytes("x".repeat(30)));
        other.advanceTimeBy(60, TimeUnit.SECONDS);
        other.runScheduledPendingTasks();

        assertThat(other.isOpen()).isTrue();
        assertThat(other.pipeline().get(HeadDeadline.class)).isNull();
        var come = Unpooled.buffer();
        for (ByteBuf part = other.readInbound(); part != null; part = other.readInbound()) {
            come.writeBytes(part);
            part.release();
        }
        assertThat(come.toString(US_ASCII)).isEqualTo("x".repeat(30));
        other.finishAndReleaseAll();
    }

    /** Puts decoder and encoder in place after so many bytes, as Vert.x does when it knows that it is not HTTP/2. */
    private static EmbeddedChannel sniffing(int after) {
        var channel =
                new EmbeddedChannel(
                        new HeadDeadline(Duration.ofSeconds(20)),
                        new ChannelInboundHandlerAdapter() {

                            private final ByteBuf seen = Unpooled.buffer();

                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message) {
                                var part = (ByteBuf) message;
                                seen.writeBytes(part);
                                part.release();
                                if (seen.readableBytes() >= after) {
                                    context.pipeline().addLast(new HttpRequestDecoder(), new HttpResponseEncoder());
                                    context.fireChannelRead(seen);
                                    context.pipeline().remove(this);
                                }
                            }
                        });
        channel.freezeTime();
        return channel;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-20S", "PT0.0001S"})
    void a_deadline_that_no_head_can_meet_stops_the_start(String deadline) {
        refusesToStartWith("parley.head-deadline", deadline);
    }

    @Test
    void a_bound_that_lets_nobody_in_stops_the_start() {
        refusesToStartWith("parley.connections", "0");
    }

    private static void refusesToStartWith(String setting, String value) {
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(PlatformConfig.class)
                        .withDefaultValue(setting, value)
                        .withDefaultValue("parley.database.url", "jdbc:postgresql://127.0.0.1/none")
                        .withDefaultValue("parley.database.app-password", "x")
                        .build()
                        .getConfigMapping(PlatformConfig.class);
        var acceptors = new NioEventLoopGroup(1);
        try {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new Acceptance(
                                    acceptors,
                                    new Connections(config, new SimpleMeterRegistry()),
                                    false,
                                    9000,
                                    config));
        } finally {
            acceptors.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }
}
