package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/** A graph that grows node by node, in one operator set. */
final class GraphDraft {

    private static final long FIRST_OPSET_WITH_SQUEEZE_AXES_AS_INPUT = 13;
    private static final long FIRST_OPSET_WITH_MEAN_AXES_AS_INPUT = 18;

    final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    private final long opset;

    GraphDraft(long opset) {
        this.opset = opset;
    }

    /** Returns the output. */
    String node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder().setOpType(operator).setName(operator + "_" + output).addAllInput(inputs)
                .addOutput(output).addAllAttribute(List.of(attributes)));
        return output;
    }

    String constant(String name, float[] values, long... dims) {
        graph.addInitializer(Tensors.ofReals(name, values, dims));
        return name;
    }

    String integers(String name, long... values) {
        graph.addInitializer(Tensors.ofIntegers(name, values));
        return name;
    }

    /** Float16 of values that it holds exactly. */
    String halves(String name, float[] values, long... dims) {
        TensorProto.Builder tensor = tensor(name, DataType.FLOAT16, dims);
        for (float value : values) {
            int bits = Float.floatToIntBits(value);
            int exponent = (bits >> 23 & 0xff) - 127 + 15;
            tensor.addInt32Data(value == 0 ? 0 : bits >>> 16 & 0x8000 | exponent << 10 | bits >> 13 & 0x3ff);
        }
        graph.addInitializer(tensor);
        return name;
    }

    String bytes(String name, int[] values, long... dims) {
        byte[] raw = new byte[values.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) values[i];
        }
        graph.addInitializer(tensor(name, DataType.UINT8, dims).setRawData(ByteString.copyFrom(raw)));
        return name;
    }

    private static TensorProto.Builder tensor(String name, DataType type, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return tensor;
    }

    /** Over rows and columns, which are left out or kept as 1. */
    String squeeze(String output, String input) {
        return axes("Squeeze", output, input, opset >= FIRST_OPSET_WITH_SQUEEZE_AXES_AS_INPUT);
    }

    /** Adds rows and columns of 1. */
    String unsqueeze(String output, String input) {
        return axes("Unsqueeze", output, input, opset >= FIRST_OPSET_WITH_SQUEEZE_AXES_AS_INPUT);
    }

    String mean(String output, String input) {
        return axes("ReduceMean", output, input, opset >= FIRST_OPSET_WITH_MEAN_AXES_AS_INPUT,
                GraphNodes.integer("keepdims", 0));
    }

    private String axes(String operator, String output, String input, boolean asInput, AttributeProto... others) {
        List<AttributeProto> attributes = new ArrayList<>(List.of(others));
        List<String> inputs = new ArrayList<>(List.of(input));
        if (asInput) {
            inputs.add(integers(output + "_axes", 2, 3));
        } else {
            attributes.add(GraphNodes.integers("axes", 2, 3));
        }
        return node(operator, output, inputs, attributes.toArray(AttributeProto[]::new));
    }

    static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(value).build();
    }

    ModelProto model() {
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset)).build();
    }
}
