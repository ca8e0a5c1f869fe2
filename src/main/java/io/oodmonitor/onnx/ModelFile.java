package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Models on disk. What is read is whole: weights that were stored beside the model are inside it. */
public final class ModelFile {

    private ModelFile() {
    }

    /**
     * @throws UnsupportedModelException if the file is no ONNX model, or names weights that are not beside it
     */
    public static ModelProto read(Path file) throws IOException {
        ModelProto.Builder model;
        try (InputStream in = Files.newInputStream(file)) {
            CodedInputStream coded = CodedInputStream.newInstance(in);
            coded.setSizeLimit(Integer.MAX_VALUE);
            model = ModelProto.parseFrom(coded).toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new UnsupportedModelException(file + " is not an ONNX model: " + e.getMessage());
        }
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new UnsupportedModelException(file + " is not an ONNX model: it holds no graph");
        }
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                inline(file, tensor);
            }
        }
        return model.build();
    }

    private static void inline(Path file, TensorProto.Builder tensor) throws IOException {
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path data = folder.resolve(entries.getOrDefault("location", "")).normalize();
        if (!data.startsWith(folder) || !Files.isRegularFile(data)) {
            throw new UnsupportedModelException("weight '" + tensor.getName() + "' of " + file + " lies in '"
                    + entries.get("location") + "', which is not a file beside the model");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(data)) {
            long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
            long length = entries.containsKey("length")
                    ? Long.parseLong(entries.get("length")) : channel.size() - offset;
            if (offset < 0 || length < 0 || length > Integer.MAX_VALUE || offset + length > channel.size()) {
                throw new UnsupportedModelException("weight '" + tensor.getName() + "' of " + file + " ends after "
                        + data + ", which holds " + channel.size() + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            channel.position(offset);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all of it is read.
            }
            tensor.setRawData(ByteString.copyFrom(bytes.flip())).clearExternalData().clearDataLocation();
        }
    }

    public static void write(ModelProto model, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            model.writeTo(out);
        }
    }
}
