package dev.parley.platform;

/**
 * Brings up what a run without configuration needs. Found by {@link java.util.ServiceLoader}; a production build has
 * none.
 */
public interface Bootstrap {

    /** Whether this JVM runs on the parts already: development mode calls main again after every change. */
    boolean isRunning();

    /**
     * Starts the parts and names them in system properties, before the application reads its configuration. What it
     * starts ends after the application, with this JVM. Does nothing if the parts run already.
     *
     * @throws IllegalStateException if a part cannot start; the message is for the person at the terminal
     */
    void start();

    /** The application answers requests now. */
    void ready();
}
