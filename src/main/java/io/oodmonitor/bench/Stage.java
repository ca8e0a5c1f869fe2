package io.oodmonitor.bench;

/** Who uses the processor while a stream runs. */
enum Stage {
    NETWORK("network"),
    DECODE("decode and resize"),
    STREAM("Kafka Streams and its clients"),
    BROKER("broker and registry"),
    LOAD("the bench itself"),
    NATIVE("JVM and native threads");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Whose a Java thread is, by its name. */
    static Stage of(String thread) {
        if (thread.startsWith("ood-lane")) {
            return NETWORK;
        } else if (thread.startsWith("ood-decode")) {
            return DECODE;
        } else if (thread.contains("StreamThread") || thread.contains("GlobalStream")) {
            return STREAM;
        } else if (thread.startsWith("bench-") || thread.contains("ood-monitor-send") || thread.equals("main")) {
            return LOAD;
        }
        return BROKER;
    }
}
