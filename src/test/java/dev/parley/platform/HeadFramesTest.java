package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2CodecUtil;
import org.junit.jupiter.api.Test;

class HeadFramesTest {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final HeadFrames frames = new HeadFrames(0);

    private static ByteBuf frame(int type, int flags, int length) {
        return Unpooled.buffer().writeMedium(length).writeByte(type).writeByte(flags).writeInt(1).writeZero(length);
    }

    private static ByteBuf opening() {
        return Http2CodecUtil.connectionPrefaceBuf();
    }

    private void read(ByteBuf... parts) {
        frames.read(Unpooled.wrappedBuffer(parts));
    }

    @Test
    void whole_frames_leave_no_head_open() {
        read(opening(), frame(SETTINGS, 0, 18), frame(HEADERS, END_HEADERS, 40), frame(DATA, 0, 0));

        assertThat(frames.head()).isZero();
    }

    @Test
    void what_has_come_is_the_same_whether_it_came_whole_or_byte_by_byte() {
        var all = Unpooled.wrappedBuffer(opening(), frame(SETTINGS, 0, 6), frame(HEADERS, 0, 300));

        for (int i = 0; i < all.writerIndex(); i++) {
            boolean isBetween = i == 0 || i == 24 || i == 39;
            assertThat(frames.head() == 0).as("before byte " + i).isEqualTo(isBetween);
            frames.read(all.slice(i, 1));
        }
        var whole = new HeadFrames(0);
        whole.read(all);

        assertThat(frames.head()).isEqualTo(whole.head()).isPositive();
        assertThat(all.readerIndex()).isZero();
    }

    @Test
    void a_head_that_goes_on_in_further_frames_is_one_and_the_next_another() {
        read(opening(), frame(HEADERS, 0, 10));
        long first = frames.head();
        read(frame(CONTINUATION, 0, 1));
        assertThat(frames.head()).isEqualTo(first).isPositive();
        read(frame(CONTINUATION, END_HEADERS, 0));
        assertThat(frames.head()).isZero();

        read(frame(HEADERS, 0, 10));
        assertThat(frames.head()).isGreaterThan(first);
    }

    @Test
    void a_part_of_an_opening_or_of_a_frame_s_header_is_one_of_a_head() {
        read(opening().slice(0, 23));
        assertThat(frames.head()).isPositive();
        read(opening().slice(23, 1));
        assertThat(frames.head()).isZero();

        read(frame(HEADERS, END_HEADERS, 5).slice(0, 1));
        assertThat(frames.head()).isPositive();
    }

    @Test
    void a_part_of_a_body_is_none_of_a_head() {
        read(opening(), frame(DATA, 0, 16_384).slice(0, 100));

        assertThat(frames.head()).isZero();
    }

    @Test
    void of_an_opening_that_was_read_before_the_rest_is_waited_for() {
        var rest = new HeadFrames(20);

        rest.read(Unpooled.wrappedBuffer(opening().slice(20, 4), frame(SETTINGS, 0, 0)));

        assertThat(rest.head()).isZero();
    }

    @Test
    void what_opens_with_something_else_has_no_heads() {
        read(frame(HEADERS, 0, 100));

        assertThat(frames.head()).isZero();
    }
}
