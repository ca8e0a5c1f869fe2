package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Weights that lie in files beside a model. No path and no link leads out of the model's folder. */
final class ExternalWeights {

    private final Path model;
    private final Path folder;
    private long taken;

    ExternalWeights(Path model) {
        this.model = model;
        folder = model.toAbsolutePath().normalize().getParent();
    }

    /**
     * Looks wherever a tensor can be: in functions and sparse weights too.
     *
     * @throws UnsupportedModelException if one lies in a file
     */
    static void requireNone(Message part, Path model) {
        if (part instanceof TensorProto tensor && (tensor.getExternalDataCount() > 0
                || tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL)) {
            throw new UnsupportedModelException("weight '" + tensor.getName() + "' of " + model
                    + " must lie in the model itself, but lies in another file");
        }
        for (Object value : part.getAllFields().values()) {
            for (Object element : value instanceof List<?> list ? list : List.of(value)) {
                if (!(element instanceof Message message)) {
                    // The others of a list are of its kind, and may be millions of numbers.
                    break;
                }
                requireNone(message, model);
            }
        }
    }

    /** Puts the values of a tensor inside it, if they lie in a file. */
    void takeIn(TensorProto.Builder tensor) throws IOException {
        if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
            return;
        }
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        Path data = file(tensor, entries.getOrDefault("location", ""));
        try (SeekableByteChannel channel = Files.newByteChannel(data)) {
            long offset = number(tensor, "offset", entries.getOrDefault("offset", "0"));
            long length = entries.containsKey("length") ? number(tensor, "length", entries.get("length"))
                    : channel.size() - offset;
            if (offset > channel.size() || length > channel.size() - offset) {
                throw new UnsupportedModelException("weight '" + tensor.getName() + "' of " + model + " ends after "
                        + data + ", which holds " + channel.size() + " bytes");
            }
            taken += length;
            if (taken > Integer.MAX_VALUE) {
                throw new UnsupportedModelException(model + " must be at most 2 GiB with its weights, but is larger");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            channel.position(offset);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all of it is read.
            }
            tensor.setRawData(ByteString.copyFrom(bytes.flip())).clearExternalData().clearDataLocation();
        }
    }

    private Path file(TensorProto.Builder tensor, String location) throws IOException {
        try {
            Path data = folder.resolve(location).normalize();
            if (data.startsWith(folder) && Files.isRegularFile(data)
                    && data.toRealPath().startsWith(folder.toRealPath())) {
                return data;
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw new UnsupportedModelException("weight '" + tensor.getName() + "' of " + model + " lies in '" + location
                + "', which is not a file beside the model");
    }

    private long number(TensorProto.Builder tensor, String entry, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UnsupportedModelException("weight '" + tensor.getName() + "' of " + model + " has the " + entry + " '"
                + text + "', which is no number of bytes");
    }
}
