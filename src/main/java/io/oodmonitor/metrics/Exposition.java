package io.oodmonitor.metrics;

/** Every metric at one moment, in one of Prometheus's formats. */
public record Exposition(String contentType, byte[] body) {}
