/**
 * The demo: a small factory whose cameras see machined parts, and now and then what no part looks like, monitored
 * through a real broker; and an account of what became of every image.
 *
 * <p>And what else the command line finds in the embedded jar, and does without where it is absent: the services for a run
 * without a cluster, and drawn pictures to send.
 */
package io.oodmonitor.demo;
