package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;

/** Nodes to stand before and after those that a graph has. */
final class GraphNodes {

    private final List<NodeProto> before = new ArrayList<>();
    private final List<NodeProto> after = new ArrayList<>();

    /** Adds a node before the graph's own. Returns its output. */
    String before(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        before.add(node(operator, List.of(output), inputs, List.of(attributes)));
        return output;
    }

    /** Adds a node after the graph's own. Returns its output. */
    String after(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        after(operator, List.of(output), inputs, List.of(attributes));
        return output;
    }

    /** Adds a node of several outputs after the graph's own. */
    void after(String operator, List<String> outputs, List<String> inputs, List<AttributeProto> attributes) {
        after.add(node(operator, outputs, inputs, attributes));
    }

    void insertInto(GraphProto.Builder graph) {
        List<NodeProto> own = List.copyOf(graph.getNodeList());
        graph.clearNode().addAllNode(before).addAllNode(own).addAllNode(after);
    }

    private static NodeProto node(
            String operator, List<String> outputs, List<String> inputs, List<AttributeProto> attributes) {
        return NodeProto.newBuilder().setOpType(operator).setName("ood/" + outputs.get(0)).addAllInput(inputs)
                .addAllOutput(outputs).addAllAttribute(attributes).build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
    }

    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto type(String name, DataType type) {
        return integer(name, type.getNumber());
    }

    /** A typed input or output; each axis a number, or a text where it is open. */
    static ValueInfoProto value(String name, DataType type, Object... axes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object axis : axes) {
            if (axis instanceof Number length) {
                shape.addDimBuilder().setDimValue(length.longValue());
            } else {
                shape.addDimBuilder().setDimParam(axis.toString());
            }
        }
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape))).build();
    }
}
