package io.oodmonitor.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.harness.Alone;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A commit takes a few hundred milliseconds where brokers are far, or slow to replicate, and a thread that commits takes
 * no image meanwhile.
 */
@Alone
@Timeout(300)
class SlowBrokersIT {

    private static final Duration EACH_WAY = Duration.ofMillis(30);
    private static final int IMAGES_PER_SECOND = 300;
    /** After so many, whoever does fifty a second has a minute's work left. */
    private static final int IMAGES = 15 * IMAGES_PER_SECOND;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SETUP = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void shouldKeepUpWhereCommitsAreSlow() throws Exception {
        try (Site site = Site.build(folder, 1)) {
            MonitorConfig config = site.config();
            try (Admin admin = site.admin()) {
                new TopicSetup(admin, site.cluster().direct(), SETUP).ensure(Topics.specs(config, 4, (short) 1));
            }
            site.application().launch(site.bundles().latest());
            site.application().awaitReady();
            site.cluster().networks().forEach(network -> network.slowDown(EACH_WAY));
            Ledger ledger = new Ledger();
            try (Watch watch = new Watch(site.cluster().direct(), config, ledger);
                    NumberedLoad load = new NumberedLoad(site.cluster().direct(), config, ledger, IMAGES_PER_SECOND,
                            1)) {
                await().atMost(SETUP).until(() -> ledger.all().size() >= IMAGES);
                load.check();

                assertThat(watch.awaitPast(ledger.ends(config.topics().images()), PATIENCE)).isPresent();
            }
        }
    }
}
