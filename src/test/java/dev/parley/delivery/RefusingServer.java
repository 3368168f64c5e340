package dev.parley.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server that takes nobody, and repeats whom it was to take, as many servers do. */
final class RefusingServer implements AutoCloseable {

    private final ServerSocket listening;
    private final int code;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    RefusingServer(int port, int code) throws IOException {
        this.code = code;
        this.listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new java.net.InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> talkAndClose(client));
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    private void talkAndClose(Socket client) {
        try (client) {
            talk(client);
        } catch (IOException e) {
            // The client went.
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 refusing.example ESMTP");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var word = line.length() < 4 ? "" : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
            switch (word) {
                case "RCPT" -> say(client, code + " " + line.substring(8) + " is nobody here");
                case "QUIT" -> {
                    say(client, "221 bye");
                    return;
                }
                case "EHLO" -> say(client, "250 refusing.example");
                default -> say(client, "250 ok");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var client : clients) {
            client.close();
        }
    }
}
