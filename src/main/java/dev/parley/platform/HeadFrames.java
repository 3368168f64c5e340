package dev.parley.platform;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameTypes;

/**
 * Follows the frames of an HTTP/2 connection (RFC 9113, section 4.1), to know whether a head is on its way. The opening
 * and all frames but those of bodies count as heads; a head that goes on in further frames is one.
 */
final class HeadFrames {

    private static final byte[] PREFACE = ByteBufUtil.getBytes(Http2CodecUtil.connectionPrefaceBuf());

    /** Length of what a client opens with. */
    static final int OPENING = PREFACE.length;

    private static final int HEADER = 9;
    private static final int TYPE = 3;
    private static final int FLAGS = 4;
    private static final int END_HEADERS = 0x4;

    private final byte[] header = new byte[HEADER];

    /** How much of the opening has come. */
    private int opened;

    /** How much of a frame's header has come. */
    private int known;

    /** Bytes that are to come of a frame whose header is known. */
    private int expected;

    /** Whether a head goes on in the next frame. */
    private boolean isOpen;

    private long begun = 1;

    /** False once the client opened with something else: what follows can't be told then, and counts as no head. */
    private boolean isKnown = true;

    /**
     * Begins.
     *
     * @param opened how much of the client's opening was read before
     */
    HeadFrames(int opened) {
        this.opened = opened;
    }

    /** Looks at them and leaves them where they are. */
    void read(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && isKnown) {
            if (opened < OPENING) {
                isKnown = bytes.getByte(at++) == PREFACE[opened++];
            } else if (known < HEADER) {
                if (known == 0 && !isOpen) {
                    begun++;
                }
                header[known++] = bytes.getByte(at++);
                if (known == HEADER) {
                    expected = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | header[2] & 0xff;
                    endIfWhole();
                }
            } else {
                int step = Math.min(expected, bytes.writerIndex() - at);
                expected -= step;
                at += step;
                endIfWhole();
            }
        }
    }

    /** Number of the head of which a part has come; 0 between heads, and in bodies. */
    long head() {
        boolean inFrame = known > 0 && !(known == HEADER && header[TYPE] == Http2FrameTypes.DATA);
        boolean isOpening = opened > 0 && opened < OPENING;
        return isKnown && (isOpening || isOpen || inFrame) ? begun : 0;
    }

    private void endIfWhole() {
        if (expected > 0) {
            return;
        }
        if (header[TYPE] == Http2FrameTypes.HEADERS || header[TYPE] == Http2FrameTypes.CONTINUATION) {
            isOpen = (header[FLAGS] & END_HEADERS) == 0;
        }
        known = 0;
    }
}
