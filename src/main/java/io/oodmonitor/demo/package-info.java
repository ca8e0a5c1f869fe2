/**
 * The demo: a small factory whose cameras see machined parts, and now and then what no part looks like, monitored
 * through a real broker; and an account of what became of every image.
 */
package io.oodmonitor.demo;
