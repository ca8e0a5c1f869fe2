package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models on disk. What is read is whole: weights that were stored beside the model are inside it. */
public final class ModelFile {

    private ModelFile() {
    }

    /**
     * @throws UnsupportedModelException if the file is no ONNX model, its graph is none, it names weights that are not
     *     beside it, or it is larger with them than 2 GiB
     */
    public static ModelProto read(Path file) throws IOException {
        ModelProto.Builder model = parse(file).toBuilder();
        takeIn(model.getGraphBuilder(), new ExternalWeights(file));
        return model.build();
    }

    /**
     * A model that holds its weights itself, so that a digest of the file is one of all that ONNX Runtime will read.
     *
     * @throws UnsupportedModelException if the file is no ONNX model, or any of its tensors lies elsewhere
     */
    public static ModelProto readSelfContained(Path file) throws IOException {
        ModelProto model = parse(file);
        ExternalWeights.requireNone(model, file);
        return model;
    }

    private static ModelProto parse(Path file) throws IOException {
        ModelProto model;
        try (InputStream in = Files.newInputStream(file)) {
            CodedInputStream coded = CodedInputStream.newInstance(in);
            coded.setSizeLimit(Integer.MAX_VALUE);
            model = ModelProto.parseFrom(coded);
        } catch (InvalidProtocolBufferException e) {
            throw new UnsupportedModelException(file + " is not an ONNX model: " + e.getMessage());
        }
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new UnsupportedModelException(file + " is not an ONNX model: it holds no graph");
        }
        GraphStructure.check(file, model.getGraph());
        return model;
    }

    private static void takeIn(GraphProto.Builder graph, ExternalWeights weights) throws IOException {
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            weights.takeIn(tensor);
        }
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
                if (attribute.hasT()) {
                    weights.takeIn(attribute.getTBuilder());
                }
                if (attribute.hasG()) {
                    takeIn(attribute.getGBuilder(), weights);
                }
                for (GraphProto.Builder subgraph : attribute.getGraphsBuilderList()) {
                    takeIn(subgraph, weights);
                }
            }
        }
    }

    public static void write(ModelProto model, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            model.writeTo(out);
        }
    }
}
