package io.oodmonitor.fit;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.image.Framing;
import io.oodmonitor.onnx.PreparedGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;

/** A prepared graph in ONNX Runtime on the CPU, batch by batch. Not safe for use by several threads. */
final class GraphSession implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final Framing framing;
    private final OrtSession session;

    GraphSession(ModelProto graph, Framing framing) throws OrtException {
        this.framing = framing;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // It warns that the mask is replaceable, as it is meant to be; and errors come as exceptions.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session = environment.createSession(graph.toByteArray(), options);
        }
    }

    ByteBuffer buffer(int images) {
        return ByteBuffer.allocateDirect(images * framing.bytes()).order(ByteOrder.nativeOrder());
    }

    /** @param images whole images up to the buffer's position; it is cleared for the next ones */
    float[][] features(ByteBuffer images) throws OrtException {
        try (OnnxTensor input = tensor(images);
                OrtSession.Result result = session.run(
                        Map.of(PreparedGraph.IMAGES, input), Set.of(PreparedGraph.FEATURES))) {
            return (float[][]) result.get(0).getValue();
        } finally {
            images.clear();
        }
    }

    /** @param images whole images up to the buffer's position; it is cleared for the next ones */
    Scores scores(ByteBuffer images) throws OrtException {
        try (OnnxTensor input = tensor(images);
                OrtSession.Result result = session.run(
                        Map.of(PreparedGraph.IMAGES, input), Set.of(PreparedGraph.SCORE, PreparedGraph.CLASS))) {
            return new Scores((float[]) result.get(PreparedGraph.SCORE).orElseThrow().getValue(),
                    (long[]) result.get(PreparedGraph.CLASS).orElseThrow().getValue());
        } finally {
            images.clear();
        }
    }

    private OnnxTensor tensor(ByteBuffer images) throws OrtException {
        images.flip();
        long count = images.remaining() / framing.bytes();
        return OnnxTensor.createTensor(environment, images,
                new long[] {count, framing.height(), framing.width(), 3}, OnnxJavaType.UINT8);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    /** Of the images of one batch, in their order. */
    record Scores(float[] scores, long[] classes) {
    }
}
