package io.oodmonitor.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                .orElse("(not from a jar)");
        return new String[] {"ood-monitor " + version, "Java " + System.getProperty("java.version") + " ("
                + System.getProperty("java.vendor") + "), " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch")};
    }
}
