package io.oodmonitor.web;

import io.oodmonitor.stream.HttpSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.apache.kafka.common.config.ConfigException;

/** Where the server listens. INVARIANT: an address that other machines reach comes with a token or a proxy. */
record ListenAddress(InetAddress address, int port) {

    /** @throws ConfigException in one sentence, if nobody knows the address or nothing guards it */
    static ListenAddress of(HttpSettings settings) {
        InetAddress address;
        try {
            address = InetAddress.getByName(settings.address());
        } catch (UnknownHostException e) {
            throw new ConfigException(HttpSettings.ADDRESS + " must be an address of this machine, but "
                    + settings.address() + " is not known");
        }
        if (!address.isLoopbackAddress() && settings.token().isEmpty() && !settings.behindProxy()) {
            throw new ConfigException(HttpSettings.ADDRESS + " must be one of this machine alone, such as 127.0.0.1, "
                    + "but is " + settings.address() + ": set " + HttpSettings.TOKEN
                    + " to have requests carry a token, or " + HttpSettings.BEHIND_PROXY
                    + " if a proxy in front of it decides who comes");
        }
        return new ListenAddress(address, settings.port());
    }

    /** Whether only this machine reaches it. */
    boolean isLocal() {
        return address.isLoopbackAddress();
    }

    InetSocketAddress socket() {
        return new InetSocketAddress(address, port);
    }

    /** As it stands in a URL, where this machine reaches it. */
    String host() {
        InetAddress reached = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        return reached.getHostAddress().contains(":") ? "[" + reached.getHostAddress() + "]" : reached.getHostAddress();
    }
}
