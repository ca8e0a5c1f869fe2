package io.oodmonitor.embedded;

import kafka.server.ControllerServer;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.metadata.BrokerRegistration;

/**
 * The session that a broker which was killed still has with its controller when both are started again.
 *
 * <p>A new broker must not start before it has ended. It would take over the partitions of the dead one, lose them when
 * that one is fenced, and get them back; and a transaction whose markers it is writing meanwhile would stay open for
 * ever, because Kafka 4.3.1 takes a partition without a leader for a deleted one (KAFKA-20734). Whoever reads committed
 * records of that partition then waits for ever. After an orderly stop there is no such session.
 */
final class EarlierSession {

    private static final long BETWEEN_LOOKS_MILLIS = 10;

    private EarlierSession() {
    }

    /** Waits until the controller, which has started, knows all of its metadata and takes no broker for alive. */
    static void awaitEnd(ControllerServer controller) throws InterruptedException {
        while (mayLast(controller.metadataCache().currentImage())) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private static boolean mayLast(MetadataImage image) {
        BrokerRegistration earlier = image.cluster().broker(BrokerFolder.NODE_ID);
        // Until the controller has read all of its log, it shows nothing.
        return image.isEmpty() || earlier != null && !earlier.fenced();
    }
}
