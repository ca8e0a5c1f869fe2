package io.oodmonitor.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A batch of CIFAR's Python version: the images' place in its file, and their labels.
 *
 * @param images one image after the other
 * @param first  the byte where they begin
 */
record PickledBatch(ByteSource images, long first, int[] labels) {

    static PickledBatch read(ByteSource source, CifarLayout layout) throws IOException {
        Map<String, Object> batch = Pickle.dictionary(source);
        String key = layout == CifarLayout.CIFAR_10 ? "labels" : "fine_labels";
        if (!(batch.get(key) instanceof List<?> list) || !(batch.get("data") instanceof PickledArray data)) {
            throw new IOException("pickle " + source.place() + " must hold 'data', an array, and '" + key
                    + "', a list, but holds " + EntryName.printable(batch.keySet().toString()));
        }
        int[] labels = new int[list.size()];
        for (int i = 0; i < labels.length; i++) {
            if (!(list.get(i) instanceof Integer label)) {
                throw new IOException("label of image " + i + " in " + source.place() + " must be a number");
            }
            labels[i] = label;
        }
        if (!data.type.equals("u1") || !data.shape.equals(List.of(labels.length, CifarLayout.IMAGE_BYTES))
                || data.content.length() != (long) labels.length * CifarLayout.IMAGE_BYTES) {
            throw new IOException("images in " + source.place() + " must be " + labels.length + " x "
                    + CifarLayout.IMAGE_BYTES + " bytes (u1), as many as there are labels, but are "
                    + EntryName.printable(data.shape + " " + data.type) + " in " + data.content.length() + " bytes");
        }
        return data.columnMajor
                ? new PickledBatch(new ColumnMajor(source, data.content.offset(), labels.length,
                        CifarLayout.IMAGE_BYTES), 0, labels)
                : new PickledBatch(source, data.content.offset(), labels);
    }

    /** From the file that says what the labels mean. */
    static List<String> classNames(ByteSource source, CifarLayout layout) throws IOException {
        String key = layout == CifarLayout.CIFAR_10 ? "label_names" : "fine_label_names";
        if (!(Pickle.dictionary(source).get(key) instanceof List<?> list)
                || !list.stream().allMatch(String.class::isInstance)) {
            throw new IOException("pickle " + source.place() + " must hold '" + key + "', a list of strings, but does "
                    + "not");
        }
        return list.stream().map(String.class::cast).toList();
    }
}
