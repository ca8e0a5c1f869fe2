package io.oodmonitor.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that go and come back. Below those that systems hand out by themselves: else whoever tries to
 * connect while a server is away may be given its port, and keep it from coming back.
 */
final class Ports {

    private static final int FIRST = 15_000;
    private static final int LAST = 30_000;

    private Ports() {}

    /** Of the loopback interface, different ones, free a moment ago. */
    static List<Integer> free(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                found.add(port);
            }
        }
        return new ArrayList<>(found);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
