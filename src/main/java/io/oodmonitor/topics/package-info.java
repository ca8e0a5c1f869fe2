/** Topics that are there and ready before anyone produces to them; knows Kafka's admin client and nothing else. */
package io.oodmonitor.topics;
