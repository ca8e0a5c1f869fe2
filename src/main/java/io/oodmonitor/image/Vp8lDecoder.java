package io.oodmonitor.image;
final class Vp8lDecoder { static RgbImage decode(Bytes b, int h, int w) throws ImageRejectedException { throw ImageRejectedException.unsupported("x"); } }
