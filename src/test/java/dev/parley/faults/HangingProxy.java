package dev.parley.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A network between the program and PostgreSQL that can hang: it then still takes connections and bytes, and brings
 * nothing to the other side. A connection on which something got lost stays silent for good, as behind a firewall that
 * forgot it; neither side hears that the other one closed it until the network is back.
 */
final class HangingProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final int target;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private volatile boolean hangs;

    HangingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void hang() {
        hangs = true;
    }

    void goOn() {
        hangs = false;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var near = server.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(near);
                open.add(far);
                var link = new Link(near, far);
                Thread.ofVirtual().start(() -> link.carry(near, far));
                Thread.ofVirtual().start(() -> link.carry(far, near));
            } catch (IOException e) {
                // closed, or the database is away: the client sees it
            }
        }
    }

    private final class Link {

        private final Socket near;
        private final Socket far;
        private volatile boolean broken;

        Link(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void carry(Socket from, Socket to) {
            var buffer = new byte[16 * 1024];
            try (near;
                    far) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    broken |= hangs;
                    if (!broken) {
                        out.write(buffer, 0, n);
                    }
                }
                while (hangs) {
                    Thread.sleep(50);
                }
            } catch (IOException e) {
                // one side is gone, and with it the other
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
