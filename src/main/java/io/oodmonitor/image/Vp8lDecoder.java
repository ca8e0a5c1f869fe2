package io.oodmonitor.image;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;

/** Decodes a VP8L image (RFC 9649, chapter 3), the lossless kind of WebP, less its alpha. Used once, by one thread. */
final class Vp8lDecoder {
    private static final int HEADER = 5;
    private static final int PREDICTOR = 0;
    private static final int COLOUR = 1;
    private static final int SUBTRACT_GREEN = 2;

    private static final int GREEN = 0;
    private static final int RED = 1;
    private static final int BLUE = 2;
    private static final int ALPHA = 3;
    private static final int DISTANCE = 4;
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int MOST_CACHE_BITS = 11;
    /** Several times what libwebp's 2,600 groups take at most: a byte of a file may become hundreds of these. */
    private static final long MOST_CODE_BYTES = 32 << 20;

    /**
     * Short distances are numbered by nearness in the plane (3.6.2.2): rows above and columns to the left, negative to
     * the right; the nearest first, then the highest, then the leftmost.
     */
    private static final int[][] NEAR = IntStream.rangeClosed(0, 7).boxed()
            .flatMap(up -> IntStream.rangeClosed(up == 0 ? 1 : -7, 8).mapToObj(left -> new int[] {up, left}))
            .sorted(Comparator.<int[]>comparingInt(p -> p[0] * p[0] + p[1] * p[1])
                    .thenComparingInt(p -> -p[0]).thenComparingInt(p -> -p[1]))
            .toArray(int[][]::new);

    private final Vp8lBits bits;
    private final int height;
    private final int width;
    /** For as many symbols as there can be; files may define thousands of codes. */
    private final int[] codeLengths = new int[LITERALS + LENGTHS + (1 << MOST_CACHE_BITS)];

    private Vp8lDecoder(Bytes stream, int height, int width) {
        this.bits = new Vp8lBits(stream.slice(HEADER, stream.length() - HEADER));
        this.height = height;
        this.width = width;
    }

    static RgbImage decode(Bytes stream, int height, int width) throws ImageRejectedException {
        int[] argb = new Vp8lDecoder(stream, height, width).decode();
        byte[] pixels = new byte[height * width * 3];
        for (int i = 0, o = 0; i < argb.length; i++) {
            pixels[o++] = (byte) (argb[i] >> 16);
            pixels[o++] = (byte) (argb[i] >> 8);
            pixels[o++] = (byte) argb[i];
        }
        return new RgbImage(height, width, pixels);
    }

    private int[] decode() throws ImageRejectedException {
        Deque<Vp8lTransform> transforms = new ArrayDeque<>();
        int storedWidth = width;
        int seen = 0;
        while (bits.flag()) {
            int type = bits.read(2);
            if ((seen & 1 << type) != 0) {
                throw ImageRejectedException.corrupt("the WebP file uses a transform twice");
            }
            seen |= 1 << type;
            if (type == SUBTRACT_GREEN) {
                transforms.push(Vp8lTransform.subtractGreen());
            } else if (type == PREDICTOR || type == COLOUR) {
                int squareBits = 2 + bits.read(3);
                int[] squares = readPart(Vp8lTransform.squares(storedWidth, squareBits),
                        Vp8lTransform.squares(height, squareBits));
                transforms.push(type == PREDICTOR ? Vp8lTransform.predictor(storedWidth, squareBits, squares)
                        : Vp8lTransform.colour(storedWidth, squareBits, squares));
            } else {
                int[] colours = readPalette();
                transforms.push(Vp8lTransform.palette(storedWidth, height, colours));
                storedWidth = Vp8lTransform.squares(storedWidth, Vp8lTransform.paletteBits(colours.length));
            }
        }
        int[] pixels = readImage(storedWidth);
        for (Vp8lTransform transform : transforms) {
            pixels = transform.undo(pixels);
        }
        return pixels;
    }

    /** Each colour is stored less the one before. */
    private int[] readPalette() throws ImageRejectedException {
        int[] colours = readPart(1 + bits.read(8), 1);
        for (int i = 1; i < colours.length; i++) {
            int high = (colours[i] & 0xFF00FF00) + (colours[i - 1] & 0xFF00FF00) & 0xFF00FF00;
            int low = (colours[i] & 0x00FF00FF) + (colours[i - 1] & 0x00FF00FF) & 0x00FF00FF;
            colours[i] = high | low;
        }
        return colours;
    }

    private int[] readImage(int storedWidth) throws ImageRejectedException {
        int cacheBits = readCacheBits();
        if (!bits.flag()) {
            return readPixels(storedWidth, height, cacheBits, null, 0, readGroup(cacheBits));
        }
        int squareBits = 2 + bits.read(3);
        int[] groupNumbers = readPart(Vp8lTransform.squares(storedWidth, squareBits),
                Vp8lTransform.squares(height, squareBits));
        int count = 0;
        for (int i = 0; i < groupNumbers.length; i++) {
            groupNumbers[i] = groupNumbers[i] >> 8 & 0xFFFF;
            count = Math.max(count, groupNumbers[i] + 1);
        }
        boolean[] used = new boolean[count];
        for (int number : groupNumbers) {
            used[number] = true;
        }
        Vp8lPrefixCode[][] groups = new Vp8lPrefixCode[count][];
        long codeBytes = 0;
        for (int i = 0; i < count; i++) {
            Vp8lPrefixCode[] group = readGroup(cacheBits);
            // INVARIANT: no more groups in memory than squares, however high their numbers, and no more than so large.
            if (used[i]) {
                groups[i] = group;
                codeBytes += Arrays.stream(group).mapToInt(Vp8lPrefixCode::bytes).sum();
            }
            if (codeBytes > MOST_CODE_BYTES) {
                throw ImageRejectedException.corrupt("the WebP file has prefix codes of more than " + MOST_CODE_BYTES
                        + " bytes");
            }
        }
        return readPixels(storedWidth, height, cacheBits, groupNumbers, squareBits, groups);
    }

    /** An image that helps to read the main one: no transforms, one group of codes. */
    private int[] readPart(int partWidth, int partHeight) throws ImageRejectedException {
        int cacheBits = readCacheBits();
        return readPixels(partWidth, partHeight, cacheBits, null, 0, readGroup(cacheBits));
    }

    private int readCacheBits() throws ImageRejectedException {
        if (!bits.flag()) {
            return 0;
        }
        int cacheBits = bits.read(4);
        if (cacheBits < 1 || cacheBits > MOST_CACHE_BITS) {
            throw ImageRejectedException.corrupt("the WebP file has a colour cache of " + cacheBits + " bits");
        }
        return cacheBits;
    }

    private Vp8lPrefixCode[] readGroup(int cacheBits) throws ImageRejectedException {
        int cached = cacheBits == 0 ? 0 : 1 << cacheBits;
        return new Vp8lPrefixCode[] {
            Vp8lPrefixCode.read(bits, LITERALS + LENGTHS + cached, codeLengths),
            Vp8lPrefixCode.read(bits, LITERALS, codeLengths),
            Vp8lPrefixCode.read(bits, LITERALS, codeLengths),
            Vp8lPrefixCode.read(bits, LITERALS, codeLengths),
            Vp8lPrefixCode.read(bits, DISTANCES, codeLengths)};
    }

    /** @param groupNumbers by square of 2^squareBits pixels, or null where there is only one group */
    private int[] readPixels(int across, int down, int cacheBits, int[] groupNumbers, int squareBits,
            Vp8lPrefixCode[]... groups) throws ImageRejectedException {
        int[] pixels = new int[across * down];
        int[] cache = new int[1 << cacheBits];
        int squaresAcross = Vp8lTransform.squares(across, squareBits);
        for (int at = 0; at < pixels.length;) {
            Vp8lPrefixCode[] group = groupNumbers == null ? groups[0]
                    : groups[groupNumbers[(at / across >> squareBits) * squaresAcross + (at % across >> squareBits)]];
            int symbol = group[GREEN].decode(bits);
            int end = at + 1;
            if (symbol < LITERALS) {
                int red = group[RED].decode(bits);
                int blue = group[BLUE].decode(bits);
                pixels[at] = group[ALPHA].decode(bits) << 24 | red << 16 | symbol << 8 | blue;
            } else if (symbol < LITERALS + LENGTHS) {
                int length = readPrefixed(symbol - LITERALS);
                int distance = distance(readPrefixed(group[DISTANCE].decode(bits)), across);
                if (distance > at || length > pixels.length - at) {
                    throw ImageRejectedException.corrupt("the WebP file repeats pixels from outside of its image");
                }
                end = at + length;
                for (int i = at; i < end; i++) {
                    pixels[i] = pixels[i - distance];
                }
            } else {
                pixels[at] = cache[symbol - LITERALS - LENGTHS];
            }
            for (; at < end; at++) {
                cache[cacheBits == 0 ? 0 : 0x1E35A7BD * pixels[at] >>> 32 - cacheBits] = pixels[at];
            }
            bits.requireEnough();
        }
        return pixels;
    }

    /** A length or distance, at least 1, from its prefix and what follows (3.6.2.2). */
    private int readPrefixed(int prefix) {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extraBits = prefix - 2 >> 1;
        return (2 + (prefix & 1) << extraBits) + bits.read(extraBits) + 1;
    }

    private static int distance(int number, int across) {
        if (number > NEAR.length) {
            return number - NEAR.length;
        }
        int[] near = NEAR[number - 1];
        return Math.max(1, near[0] * across + near[1]);
    }
}
