/** What the topology remembers: the records in its stores and on its internal topics, and how they are written. */
package io.oodmonitor.stream.state;
