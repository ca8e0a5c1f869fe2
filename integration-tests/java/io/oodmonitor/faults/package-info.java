/**
 * The fault campaign: real brokers and the real application, each in processes of its own, a numbered load, faults from
 * a seeded schedule, and an audit of every image that was acknowledged.
 */
package io.oodmonitor.faults;
