package io.oodmonitor.latency;

/** Percentiles of the time from capture to committed verdict, in milliseconds. */
public record Latency(double p50, double p95, double p99) {}
