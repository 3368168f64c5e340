package dev.parley.standalone;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Ends the process as {@code kill -9} does, after the commit of a comment and before its answer: the moment that no
 * outside kill hits for sure. Does nothing unless the system property {@value #PROPERTY} says at which answer 201; and
 * is in no production package.
 */
@Singleton
public class HaltBeforeAnswer {

    public static final String PROPERTY = "parley.standalone.halt-before-answer";

    /** What a shell reports of a process that was ended by SIGKILL. */
    public static final int EXIT_CODE = 137;

    private final AtomicInteger left = new AtomicInteger(Integer.getInteger(PROPERTY, 0));

    /** Called once the endpoint has returned, so that its transaction is over, and nothing was sent yet. */
    @ServerResponseFilter
    public void halt(ContainerResponseContext response) {
        if (left.get() > 0 && response.getStatus() == 201 && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
