package io.oodmonitor.image;

/**
 * What matters of a WebP file (RFC 9649): the bit stream of its image, or of its first frame if it is animated, and how
 * to turn it. Alpha, colour profile and text are left behind.
 *
 * @param lossless  whether the bit stream is VP8L, else it is VP8
 * @param bitstream the stream, without its chunk header
 */
record WebpFile(int height, int width, boolean lossless, Bytes bitstream, Orientation orientation) {
    private static final int FILE_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int VP8X = fourCc("VP8X");
    private static final int VP8 = fourCc("VP8 ");
    private static final int VP8L = fourCc("VP8L");
    private static final int ANMF = fourCc("ANMF");
    private static final int EXIF = fourCc("EXIF");

    static WebpFile read(Bytes file, ImageLimits limits) throws ImageRejectedException {
        long length = CHUNK_HEADER + Integer.toUnsignedLong(file.i32LittleEndian(4));
        if (length < FILE_HEADER || length > file.length()) {
            throw ImageRejectedException.corrupt("the WebP file has " + file.length() + " bytes, but claims " + length);
        }
        return new Reader(limits).read(file.slice(FILE_HEADER, (int) length - FILE_HEADER));
    }

    private static final class Reader {
        private final ImageLimits limits;
        private int canvasHeight;
        private int canvasWidth;
        private WebpFile image;
        private boolean inFrame;
        private Orientation orientation = Orientation.NORMAL;

        Reader(ImageLimits limits) {
            this.limits = limits;
        }

        WebpFile read(Bytes chunks) throws ImageRejectedException {
            readChunks(chunks);
            if (image == null) {
                throw ImageRejectedException.corrupt("the WebP file has no image");
            }
            if (canvasHeight > 0 && (image.height != canvasHeight || image.width != canvasWidth)) {
                throw ImageRejectedException.unsupported("the WebP file's image is " + image.width + " x "
                        + image.height + " pixels, but its canvas is " + canvasWidth + " x " + canvasHeight);
            }
            return new WebpFile(image.height, image.width, image.lossless, image.bitstream, orientation);
        }

        private void readChunks(Bytes chunks) throws ImageRejectedException {
            int at = 0;
            while (at < chunks.length()) {
                if (at + CHUNK_HEADER > chunks.length()) {
                    throw ImageRejectedException.corrupt("the WebP file ends inside a chunk");
                }
                int type = chunks.i32LittleEndian(at);
                int length = chunks.i32LittleEndian(at + 4);
                if (length < 0 || length > chunks.length() - at - CHUNK_HEADER) {
                    throw ImageRejectedException.corrupt("the WebP file ends inside a chunk");
                }
                readChunk(type, chunks.slice(at + CHUNK_HEADER, length));
                // Chunks are padded to an even length.
                at += CHUNK_HEADER + length + (length & 1);
            }
        }

        private void readChunk(int type, Bytes chunk) throws ImageRejectedException {
            if (type == VP8X) {
                canvasWidth = chunk.u24LittleEndian(4) + 1;
                canvasHeight = chunk.u24LittleEndian(7) + 1;
                limits.checkSize(canvasHeight, canvasWidth);
            } else if (type == EXIF) {
                int skip = chunk.startsWith("Exif\0\0") ? 6 : 0;
                orientation = Orientation.ofExif(chunk.slice(skip, chunk.length() - skip));
            } else if (image == null && type == ANMF) {
                readFrame(chunk.slice(FRAME_HEADER, chunk.length() - FRAME_HEADER));
            } else if (image == null && type == VP8) {
                image = lossy(chunk);
                limits.checkSize(image.height, image.width);
            } else if (image == null && type == VP8L) {
                image = lossless(chunk);
                limits.checkSize(image.height, image.width);
            }
        }

        /** INVARIANT: frames hold no frames: as deep as a file likes, they would take all of the stack. */
        private void readFrame(Bytes chunks) throws ImageRejectedException {
            if (inFrame) {
                throw ImageRejectedException.corrupt("the WebP file has a frame inside a frame");
            }
            inFrame = true;
            readChunks(chunks);
            inFrame = false;
        }

        /** RFC 6386, 9.1: a frame tag, a start code, then 14 bits a side. */
        private static WebpFile lossy(Bytes chunk) throws ImageRejectedException {
            boolean keyFrame = (chunk.u8(0) & 1) == 0;
            int width = chunk.u16LittleEndian(6) & 0x3FFF;
            int height = chunk.u16LittleEndian(8) & 0x3FFF;
            if (!keyFrame || chunk.u24LittleEndian(3) != 0x2A019D || width == 0 || height == 0) {
                throw ImageRejectedException.corrupt("the WebP file does not start with a VP8 key frame");
            }
            return new WebpFile(height, width, false, chunk, Orientation.NORMAL);
        }

        /** RFC 9649, 3.4: a signature, 14 bits a side less one, whether there is alpha, and version 0. */
        private static WebpFile lossless(Bytes chunk) throws ImageRejectedException {
            int header = chunk.i32LittleEndian(1);
            if (chunk.u8(0) != 0x2F || header >>> 29 != 0) {
                throw ImageRejectedException.corrupt("the WebP file does not start with a VP8L image");
            }
            return new WebpFile((header >>> 14 & 0x3FFF) + 1, (header & 0x3FFF) + 1, true, chunk, Orientation.NORMAL);
        }
    }

    private static int fourCc(String name) {
        return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    }
}
