package io.oodmonitor.onnx;

/** In which order a network takes the colours of a pixel. */
public enum ChannelOrder {
    RGB, BGR
}
