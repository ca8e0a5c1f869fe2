package io.oodmonitor.scoring.device;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;

/** The smallest network that a provider needs all its libraries for: the sum of three channels at each position. */
final class Convolution {

    static final String INPUT = "x";
    private static final String OUTPUT = "y";
    private static final String WEIGHT = "w";
    private static final int CHANNELS = 3;
    private static final int SIDE = 8;
    private static final int OPSET = 18;
    private static final int IR_VERSION = 8;

    static final ModelProto MODEL = ModelProto.newBuilder().setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(GraphProto.newBuilder().setName("convolution")
                    .addInput(value(INPUT, CHANNELS)).addOutput(value(OUTPUT, 1)).addInitializer(weight())
                    .addNode(NodeProto.newBuilder().setOpType("Conv").addInput(INPUT).addInput(WEIGHT)
                            .addOutput(OUTPUT))).build();

    private Convolution() {
    }

    private static ValueInfoProto value(String name, int channels) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int size : new int[] {1, channels, SIDE, SIDE}) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()).setShape(shape))).build();
    }

    private static TensorProto weight() {
        TensorProto.Builder weight = TensorProto.newBuilder().setName(WEIGHT).setDataType(DataType.FLOAT.getNumber());
        for (int size : new int[] {1, CHANNELS, 1, 1}) {
            weight.addDims(size);
        }
        for (int i = 0; i < CHANNELS; i++) {
            weight.addFloatData(1);
        }
        return weight.build();
    }

    /** The c-th channel holds c + 1: small whole numbers, which any precision keeps. */
    static float[][][][] input() {
        float[][][][] input = new float[1][CHANNELS][SIDE][SIDE];
        for (int c = 0; c < CHANNELS; c++) {
            for (float[] row : input[0][c]) {
                Arrays.fill(row, c + 1);
            }
        }
        return input;
    }

    static boolean isRight(Object output) {
        return output instanceof float[][][][] y && y[0][0][0][0] == 1 + 2 + 3;
    }
}
