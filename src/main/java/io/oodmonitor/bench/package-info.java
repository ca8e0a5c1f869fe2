/**
 * The bench: how fast the monitor is on this machine, and how fast it could be. What bounds it is measured alone (the
 * network in bare ONNX Runtime, decoding, the broker, a topology that only copies), then the stream end to end with the
 * broker on the same cores, all in one run; a share of a limit says more than a rate does, as both meet the same
 * machine.
 *
 * <p>Latency under load is counted from when an image was due, not from when it could be sent: a stream that falls
 * behind shows it (coordinated omission, G. Tene).
 */
package io.oodmonitor.bench;
