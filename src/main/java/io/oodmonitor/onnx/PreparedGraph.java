package io.oodmonitor.onnx;

/** The names by which a prepared graph is fed and read; N is any number of images, d of features, C of classes. */
public final class PreparedGraph {

    /** Input: uint8 [N, height, width, 3], RGB. */
    public static final String IMAGES = "images";

    /**
     * Stored weight behind {@link #SCORE} of a detector that masks the head's: float [C, d]. A
     * {@link MaskedWeightAdapter} scores with another one without a new session.
     */
    public static final String MASKED_WEIGHT = "ood_masked_weight";

    /** Output: float [N], higher = more in-distribution. */
    public static final String SCORE = "score";

    /** Output: int64 [N], the class that the original head predicts. */
    public static final String CLASS = "class";

    /** Output: float [N], the original head's softmax of that class. */
    public static final String CONFIDENCE = "confidence";

    /** Output: float [N, d], the penultimate features. */
    public static final String FEATURES = "features";

    /** Output: float [N, C], the original head's logits. */
    public static final String LOGITS = "logits";

    private PreparedGraph() {
    }
}
