package io.oodmonitor.image;

/**
 * Reads uncompressed BMP files: 1, 4 and 8 bits with a palette, 16, 24 and 32 bits with or without masks, bottom-up or
 * top-down, with a header of the OS/2 kind (12 bytes) or any Windows kind (40 bytes and more). Alpha is dropped.
 */
final class BmpDecoder {
    private static final int FILE_HEADER = 14;
    private static final int OS2_HEADER = 12;
    private static final int WINDOWS_HEADER = 40;
    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;

    private BmpDecoder() {
    }

    static RgbImage decode(Bytes file, ImageLimits limits) throws ImageRejectedException {
        int headerSize = file.i32LittleEndian(FILE_HEADER);
        boolean os2 = headerSize == OS2_HEADER;
        if (!os2 && headerSize < WINDOWS_HEADER) {
            throw ImageRejectedException.corrupt("the BMP file has a header of " + headerSize + " bytes");
        }
        Bytes header = file.slice(FILE_HEADER, headerSize);
        long width = os2 ? header.u16LittleEndian(4) : header.i32LittleEndian(4);
        long signedHeight = os2 ? header.u16LittleEndian(6) : header.i32LittleEndian(8);
        long height = Math.abs(signedHeight);
        if (width < 1 || height < 1) {
            throw ImageRejectedException.corrupt("the BMP file claims a size of " + width + " x " + signedHeight);
        }
        limits.checkSize(height, width);
        int bits = header.u16LittleEndian(os2 ? 10 : 14);
        int compression = os2 ? UNCOMPRESSED : header.i32LittleEndian(16);
        if (compression != UNCOMPRESSED && !(compression == BIT_FIELDS && (bits == 16 || bits == 32))) {
            throw ImageRejectedException.unsupported("the BMP file is compressed (method " + compression + ")");
        }
        int start = file.i32LittleEndian(10);
        int stride = (int) ((width * bits + 31) / 32 * 4);
        long bytes = stride * (height - 1) + (width * bits + 7) / 8;
        if (start < FILE_HEADER + headerSize || start + bytes > file.length()) {
            throw ImageRejectedException.corrupt("the BMP file has fewer bytes than its " + width + " x " + height
                    + " pixels take");
        }
        RowReader reader = switch (bits) {
            case 1, 4, 8 -> palette(file, FILE_HEADER + headerSize, start, os2 ? 3 : 4, bits);
            case 16 -> compression == BIT_FIELDS ? masked(file, 2) : masked(2, 0x7C00, 0x03E0, 0x001F);
            case 24 -> BmpDecoder::blueGreenRed;
            case 32 -> compression == BIT_FIELDS ? masked(file, 4) : masked(4, 0xFF0000, 0x00FF00, 0x0000FF);
            default -> throw ImageRejectedException.corrupt("the BMP file has " + bits + " bits a pixel");
        };
        byte[] pixels = new byte[(int) (height * width * 3)];
        int rowBytes = (int) width * 3;
        for (int y = 0; y < height; y++) {
            int row = signedHeight < 0 ? y : (int) height - 1 - y;
            reader.read(file, start + y * stride, (int) width, pixels, row * rowBytes);
        }
        return new RgbImage((int) height, (int) width, pixels);
    }

    private interface RowReader {
        void read(Bytes file, int from, int columns, byte[] to, int at);
    }

    private static void blueGreenRed(Bytes file, int from, int columns, byte[] to, int at) {
        byte[] in = file.array();
        for (int x = 0, i = file.from() + from, o = at; x < columns; x++, i += 3, o += 3) {
            to[o] = in[i + 2];
            to[o + 1] = in[i + 1];
            to[o + 2] = in[i];
        }
    }

    /** Colours that the file does not define are black. */
    private static RowReader palette(Bytes file, int at, int end, int entryBytes, int bits) {
        byte[] red = new byte[256];
        byte[] green = new byte[256];
        byte[] blue = new byte[256];
        int count = Math.min(1 << bits, (end - at) / entryBytes);
        for (int i = 0; i < count; i++) {
            blue[i] = (byte) file.u8(at + i * entryBytes);
            green[i] = (byte) file.u8(at + i * entryBytes + 1);
            red[i] = (byte) file.u8(at + i * entryBytes + 2);
        }
        int most = (1 << bits) - 1;
        return (in, from, columns, to, o) -> {
            for (int x = 0, bit = 0; x < columns; x++, bit += bits, o += 3) {
                int index = in.u8(from + (bit >> 3)) >> 8 - bits - (bit & 7) & most;
                to[o] = red[index];
                to[o + 1] = green[index];
                to[o + 2] = blue[index];
            }
        };
    }

    /** The masks stand behind the first 40 bytes of the header, whether they count as part of it or not. */
    private static RowReader masked(Bytes file, int pixelBytes) throws ImageRejectedException {
        int at = FILE_HEADER + WINDOWS_HEADER;
        return masked(pixelBytes, file.i32LittleEndian(at), file.i32LittleEndian(at + 4), file.i32LittleEndian(at + 8));
    }

    private static RowReader masked(int pixelBytes, int red, int green, int blue) throws ImageRejectedException {
        int[] masks = {red, green, blue};
        int[] shifts = new int[3];
        int[] most = new int[3];
        for (int i = 0; i < 3; i++) {
            shifts[i] = Integer.numberOfTrailingZeros(masks[i]);
            most[i] = masks[i] >>> shifts[i];
            if (masks[i] == 0 || (most[i] & most[i] + 1) != 0 || most[i] > 0xFFFF) {
                throw ImageRejectedException.corrupt(
                        "the BMP file has the colour mask 0x" + Integer.toHexString(masks[i]));
            }
        }
        return (in, from, columns, to, o) -> {
            for (int x = 0, i = from; x < columns; x++, i += pixelBytes) {
                int pixel = pixelBytes == 2 ? in.u16LittleEndian(i) : in.i32LittleEndian(i);
                for (int channel = 0; channel < 3; channel++) {
                    int value = (pixel & masks[channel]) >>> shifts[channel];
                    to[o++] = (byte) (value * 255 / most[channel]);
                }
            }
        };
    }
}
