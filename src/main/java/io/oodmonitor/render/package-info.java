/**
 * The world of the shipped model: ten machined parts as an inspection camera sees them, and what goes wrong in front of
 * such a camera. Every picture is a pure function of what it shows and a seed; seeds of training and of the demo never
 * meet ({@link io.oodmonitor.render.SeedRange}). Needs nothing but the JDK, and no screen, font or GPU.
 */
package io.oodmonitor.render;
