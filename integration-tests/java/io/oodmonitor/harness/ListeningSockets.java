package io.oodmonitor.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets that a process listens on, as Linux tells (proc(5)). */
public final class ListeningSockets {

    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningSockets() {}

    /** Whether this system can tell. */
    public static boolean areKnown() {
        return Files.isDirectory(Path.of("/proc/self/fd")) && Files.isReadable(Path.of("/proc/self/net/tcp"));
    }

    public static List<InetSocketAddress> of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Set<String> sockets = sockets(process.resolve("fd"));
        List<InetSocketAddress> found = new ArrayList<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : lines(process.resolve(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[STATE].equals(LISTEN) && sockets.contains("socket:[" + columns[INODE] + "]")) {
                    found.add(address(columns[LOCAL_ADDRESS]));
                }
            }
        }
        return found;
    }

    private static List<String> lines(Path table) throws IOException {
        // Without IPv6 there is no table of it.
        return Files.exists(table) ? Files.readAllLines(table).stream().skip(1).toList() : List.of();
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path descriptor : all.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // Closed since it was listed.
                }
            }
        }
        return sockets;
    }

    /** From words of four bytes, each with its last byte first, as on every machine that this is tested on. */
    private static InetSocketAddress address(String text) throws IOException {
        String[] parts = text.split(":");
        byte[] words = HexFormat.of().parseHex(parts[0]);
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i / 4 * 4 + 3 - i % 4];
        }
        return new InetSocketAddress(InetAddress.getByAddress(address), Integer.parseInt(parts[1], 16));
    }
}
