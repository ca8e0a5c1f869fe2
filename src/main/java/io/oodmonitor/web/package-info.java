/**
 * The HTTP server of a running monitor: the dashboard and the API beneath it, health for orchestrators, status and
 * settings for people, metrics for Prometheus. It answers this machine only unless told otherwise, then only who has
 * the token or comes through the proxy; every request, body and wait is bounded.
 */
package io.oodmonitor.web;
