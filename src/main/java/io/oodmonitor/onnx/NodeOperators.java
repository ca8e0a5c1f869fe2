package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.oodmonitor.detector.Operators;
import java.util.ArrayList;
import java.util.List;

/** Writes a scorer's formula as nodes at the end of a graph, in whatever operator set the graph uses from 9 on. */
final class NodeOperators implements Operators<String> {

    /** Of ReduceSum, and of all other reductions; an attribute before. */
    private static final int FIRST_OPSET_WITH_SUM_AXES_AS_INPUT = 13;
    private static final int FIRST_OPSET_WITH_AXES_AS_INPUT = 18;
    private static final int FIRST_OPSET_WITH_K_AS_INPUT = 10;
    private static final int FIRST_OPSET_WITH_SCATTER_ELEMENTS = 11;

    private static final AttributeProto ROWS = GraphNodes.integer("axis", 1);

    private final GraphProto.Builder graph;
    private final GraphNodes nodes;
    private final long opset;
    private int count;

    NodeOperators(GraphProto.Builder graph, GraphNodes nodes, long opset) {
        this.graph = graph;
        this.nodes = nodes;
        this.opset = opset;
    }

    @Override
    public String constant(float[] values, int... shape) {
        return stored(Tensors.ofReals(fresh(), values, longs(shape)));
    }

    @Override
    public String constant(double[] values, int... shape) {
        return stored(Tensors.ofDoubles(fresh(), values, longs(shape)));
    }

    @Override
    public String maskedWeight(float[] values, int rows, int columns) {
        // What is listed as an input too can be replaced at each run.
        graph.addInput(GraphNodes.value(PreparedGraph.MASKED_WEIGHT, DataType.FLOAT, rows, columns));
        return stored(Tensors.ofReals(PreparedGraph.MASKED_WEIGHT, values, rows, columns));
    }

    private String indices(long... values) {
        return stored(Tensors.ofIntegers(fresh(), values));
    }

    private String stored(TensorProto tensor) {
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    @Override
    public String toDouble(String a) {
        return node("Cast", List.of(a), GraphNodes.type("to", DataType.DOUBLE));
    }

    @Override
    public String plus(String a, String b) {
        return node("Add", List.of(a, b));
    }

    @Override
    public String minus(String a, String b) {
        return node("Sub", List.of(a, b));
    }

    @Override
    public String times(String a, String b) {
        return node("Mul", List.of(a, b));
    }

    @Override
    public String over(String a, String b) {
        return node("Div", List.of(a, b));
    }

    @Override
    public String smaller(String a, String b) {
        return node("Min", List.of(a, b));
    }

    @Override
    public String greater(String a, String b) {
        return node("Max", List.of(a, b));
    }

    @Override
    public String exp(String a) {
        return node("Exp", List.of(a));
    }

    @Override
    public String power(String a, String exponent) {
        return node("Pow", List.of(a, exponent));
    }

    @Override
    public String product(String a, String b) {
        return node("MatMul", List.of(a, b));
    }

    @Override
    public String linear(String x, String weight, String bias) {
        return node("Gemm", List.of(x, weight, bias), GraphNodes.integer("transB", 1));
    }

    @Override
    public String sum(String a) {
        return reduced("ReduceSum", a, FIRST_OPSET_WITH_SUM_AXES_AS_INPUT);
    }

    @Override
    public String max(String a) {
        return reduced("ReduceMax", a, FIRST_OPSET_WITH_AXES_AS_INPUT);
    }

    @Override
    public String norm(String a) {
        return reduced("ReduceL2", a, FIRST_OPSET_WITH_AXES_AS_INPUT);
    }

    @Override
    public String logSumExp(String a) {
        return reduced("ReduceLogSumExp", a, FIRST_OPSET_WITH_AXES_AS_INPUT);
    }

    private String reduced(String operator, String a, int firstWithAxesAsInput) {
        return opset < firstWithAxesAsInput
                ? node(operator, List.of(a), GraphNodes.integers("axes", 1))
                : node(operator, List.of(a, indices(1)));
    }

    @Override
    public String softmax(String a) {
        return node("Softmax", List.of(a), ROWS);
    }

    @Override
    public String argMax(String a) {
        return node("ArgMax", List.of(a), ROWS, GraphNodes.integer("keepdims", 0));
    }

    @Override
    public Largest<String> largest(String a, int k) {
        Largest<String> largest = new Largest<>(fresh(), fresh());
        List<String> inputs = new ArrayList<>(List.of(a));
        List<AttributeProto> attributes = new ArrayList<>(List.of(ROWS));
        if (opset < FIRST_OPSET_WITH_K_AS_INPUT) {
            attributes.add(GraphNodes.integer("k", k));
        } else {
            inputs.add(indices(k));
        }
        nodes.after("TopK", List.of(largest.values(), largest.indices()), inputs, attributes);
        return largest;
    }

    @Override
    public String column(String a, int j) {
        return node("Gather", List.of(a, indices(j)), ROWS);
    }

    @Override
    public String rows(String matrix, String indices) {
        return node("Gather", List.of(matrix, flat(indices)), GraphNodes.integer("axis", 0));
    }

    @Override
    public String scattered(String shape, Largest<String> largest) {
        String zeros = node("ConstantOfShape", List.of(node("Shape", List.of(shape))));
        return node(opset < FIRST_OPSET_WITH_SCATTER_ELEMENTS ? "Scatter" : "ScatterElements",
                List.of(zeros, largest.indices(), largest.values()), ROWS);
    }

    /** Makes float [N] of a float or double [N, 1], under a name. */
    void output(String a, String name) {
        nodes.after("Cast", name, List.of(flat(a)), GraphNodes.type("to", DataType.FLOAT));
    }

    private String flat(String a) {
        return node("Reshape", List.of(a, indices(-1)));
    }

    private String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return nodes.after(operator, fresh(), inputs, attributes);
    }

    private String fresh() {
        return "ood_" + count++;
    }

    private static long[] longs(int... shape) {
        long[] longs = new long[shape.length];
        for (int axis = 0; axis < shape.length; axis++) {
            longs[axis] = shape[axis];
        }
        return longs;
    }
}
