package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph in ONNX Runtime, as tests want it: arrays in, arrays out. */
public final class GraphRun implements AutoCloseable {

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final OrtSession session;

    public GraphRun(ModelProto model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setIntraOpNumThreads(2);
            session = ENVIRONMENT.createSession(model.toByteArray(), options);
        }
    }

    /** Outputs of a prepared graph by name, of images one after the other. */
    public Map<String, Object> images(byte[] pixels, int count, int height, int width) throws OrtException {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            return images(pixels, count, height, width, options);
        }
    }

    Map<String, Object> images(byte[] pixels, int count, int height, int width, OrtSession.RunOptions options)
            throws OrtException {
        ByteBuffer direct = ByteBuffer.allocateDirect(count * height * width * 3).order(ByteOrder.nativeOrder());
        direct.put(pixels, 0, direct.capacity()).rewind();
        return run(Map.of(PreparedGraph.IMAGES, OnnxTensor.createTensor(
                ENVIRONMENT, direct, new long[] {count, height, width, 3}, OnnxJavaType.UINT8)), options);
    }

    /** Outputs by name of any graph with one float input. */
    public Map<String, Object> reals(String input, float[] values, long... shape) throws OrtException {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            return run(Map.of(input, OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(values), shape)), options);
        }
    }

    private Map<String, Object> run(Map<String, OnnxTensor> inputs, OrtSession.RunOptions options)
            throws OrtException {
        try (OrtSession.Result result = session.run(inputs, options)) {
            Map<String, Object> values = new HashMap<>();
            for (String name : session.getOutputNames()) {
                values.put(name, result.get(name).orElseThrow().getValue());
            }
            return values;
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    Set<String> inputNames() {
        return session.getInputNames();
    }

    List<String> outputNames() {
        return List.copyOf(session.getOutputNames());
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
