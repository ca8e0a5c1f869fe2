/** A real browser, for the tests of the pages that this program writes and serves. */
package io.oodmonitor.browser;
