package io.oodmonitor.render;

/**
 * How a surface answers light: linear RGB reflectance, how metallic it is (0 paint to 1 bare metal) and how sharp its
 * highlight (0 dull to 1 polished).
 */
record Material(float red, float green, float blue, float metal, float gloss) {

    static final Material STEEL = new Material(0.56f, 0.57f, 0.59f, 0.85f, 0.6f);
    static final Material STAINLESS = new Material(0.72f, 0.72f, 0.73f, 0.95f, 0.9f);
    static final Material ZINC = new Material(0.60f, 0.62f, 0.66f, 0.7f, 0.35f);
    static final Material OXIDE = new Material(0.085f, 0.085f, 0.09f, 0.55f, 0.5f);
    static final Material BRASS = new Material(0.66f, 0.47f, 0.17f, 0.85f, 0.7f);
    static final Material CAGE = new Material(0.30f, 0.24f, 0.14f, 0.6f, 0.4f);
    static final Material SHADE = new Material(0.05f, 0.05f, 0.055f, 0.1f, 0.1f);
    static final Material PAPER = new Material(0.86f, 0.85f, 0.80f, 0f, 0.05f);

    /** What machined parts are made of here, each batch a little lighter or darker than the next. */
    static Material machined(Draw draw) {
        Material base = switch (draw.below(8)) {
            case 0, 1, 2 -> STEEL;
            case 3, 4 -> STAINLESS;
            case 5 -> ZINC;
            case 6 -> OXIDE;
            default -> BRASS;
        };
        return base.lit((float) draw.between(0.85, 1.15));
    }

    Material lit(float factor) {
        return new Material(red * factor, green * factor, blue * factor, metal, gloss);
    }
}
