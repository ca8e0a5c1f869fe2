package io.oodmonitor.dataset;

/** The two data sets in CIFAR's layout: 32 x 32 bytes of red, of green and of blue an image. */
enum CifarLayout {
    /** One label. */
    CIFAR_10("CIFAR-10", 10, 1),
    /** Two labels, of the superclass and of the class, which is the label. */
    CIFAR_100("CIFAR-100", 100, 2);

    static final int SIDE = 32;
    static final int PLANE = SIDE * SIDE;
    static final int IMAGE_BYTES = 3 * PLANE;

    private final String title;
    private final int classes;
    private final int labelBytes;

    CifarLayout(String title, int classes, int labelBytes) {
        this.title = title;
        this.classes = classes;
        this.labelBytes = labelBytes;
    }

    String title() {
        return title;
    }

    int classes() {
        return classes;
    }

    /** Labels before every image of the binary version. */
    int labelBytes() {
        return labelBytes;
    }

    int recordBytes() {
        return labelBytes + IMAGE_BYTES;
    }

    /** Red, green and blue of a pixel together, from one plane each. */
    static byte[] interleaved(byte[] record, int start) {
        byte[] pixels = new byte[IMAGE_BYTES];
        for (int i = 0; i < PLANE; i++) {
            pixels[3 * i] = record[start + i];
            pixels[3 * i + 1] = record[start + PLANE + i];
            pixels[3 * i + 2] = record[start + 2 * PLANE + i];
        }
        return pixels;
    }
}
