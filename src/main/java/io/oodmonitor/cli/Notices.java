package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Style;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a command tells while it runs: lines on standard output, or events where the log is read by programs. */
final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private final PrintWriter out;

    Notices(PrintWriter out) {
        this.out = out;
    }

    void tell(String line) {
        if (LogFormat.isJson()) {
            LOG.info("{}", line);
        } else {
            out.println(line);
            out.flush();
        }
    }

    Style style() {
        return LogFormat.isJson() ? Style.PLAIN : Style.ofOutput();
    }
}
