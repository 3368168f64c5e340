package dev.parley.platform;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Lets JSON in only as valid UTF-8. Jackson takes overlong forms, by which a slash or a NUL walks past whoever looked
 * at the bytes before, and guesses at UTF-16.
 */
@Provider
class StrictUtf8 implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        // Who takes the bytes as they are, compressed ones perhaps, checks them after that.
        boolean raw = context.getType() == byte[].class;
        if (!raw && MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
            var bytes = whole(context.getInputStream());
            check(bytes);
            context.setInputStream(new ByteArrayInputStream(bytes));
        }
        return context.proceed();
    }

    /** At most what {@link Doorway} and the server's limit let through. */
    private static byte[] whole(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            // A body of no declared length passed the limit; or the connection is gone, and nobody hears this.
            throw new WebApplicationException(ProblemType.TOO_LARGE.status());
        }
    }

    private static void check(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)); // reports by default
        } catch (CharacterCodingException e) {
            throw new WebApplicationException(ProblemType.MALFORMED_REQUEST.status());
        }
    }
}
