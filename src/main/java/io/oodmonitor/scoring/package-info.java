/**
 * The batching engine: images in, scores out, one engine per process, over one network for each device.
 *
 * <p>Three stages overlap: decode workers turn bytes into pixels and draw them into a slot of an open batch; a batch
 * closes when it is full, when its oldest image has waited long enough, or when nothing more is on its way; a lane
 * runs the network on a closed batch, in direct buffers that both sides share, and completes the images' futures.
 * Scoring is a pure function of the image and the mask that the score names, so work that is thrown away or done twice
 * harms nothing.
 */
package io.oodmonitor.scoring;
