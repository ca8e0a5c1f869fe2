package io.oodmonitor.dataset;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickles of CIFAR's Python version: protocol 2, dictionaries, lists, numbers, strings and NumPy arrays, as
 * Python 2 wrote them (opcodes: PEP 307 and Python's pickletools).
 *
 * <p>It makes nothing but the values below. The three names that such a file calls are compared with, never looked up;
 * any other name and any other opcode ends it with an error. A long string, which is an array's content, is skipped,
 * and only its place kept. Not thread-safe.
 */
final class Pickle {

    /** An array's content. */
    record Content(long offset, long length) {
    }

    /** What the pickle calls by name. */
    private enum Callable {
        ARRAY("numpy.core.multiarray _reconstruct"), ARRAY_TYPE("numpy ndarray"), NUMBER_TYPE("numpy dtype");

        private final String name;

        Callable(String name) {
            this.name = name;
        }
    }

    /** Python's tuple. */
    private record Tuple(List<Object> items) {
    }

    /** NumPy's dtype: its code, as in u1. */
    private record NumberType(String code) {
    }

    private enum Constant {
        MARK, NONE
    }

    /** More values than the largest file has, 50,000 images with a name and two labels each. */
    private static final int MAX_VALUES = 1 << 20;

    private final DataInputStream in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private long offset;
    private int values;

    private Pickle(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** The dictionary that a file holds; keys are strings. */
    static Map<String, Object> dictionary(ByteSource source) throws IOException {
        try (InputStream in = source.open()) {
            Map<String, Object> copy = new LinkedHashMap<>();
            if (!(new Pickle(in).read() instanceof Map<?, ?> map)) {
                throw new IOException("it is no dictionary");
            }
            map.forEach((key, value) -> copy.put((String) key, value));
            return copy;
        } catch (EOFException e) {
            throw new EOFException("pickle " + source.place() + " is cut off");
        } catch (IOException e) {
            throw new IOException("pickle " + source.place() + " is none of CIFAR's: " + e.getMessage(), e);
        }
    }

    private Object read() throws IOException {
        while (true) {
            int opcode = number(1);
            if (opcode == '.') {
                return pop();
            }
            step(opcode);
            if (stack.size() > MAX_VALUES || memo.size() > MAX_VALUES || values > MAX_VALUES) {
                throw new IOException("it holds more than " + MAX_VALUES + " values");
            }
        }
    }

    private void step(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> expect(number(1) == 2, "its protocol must be 2");
            case '(' -> push(Constant.MARK);
            case 'N' -> push(Constant.NONE);
            case 0x88 -> push(Boolean.TRUE);
            case 0x89 -> push(Boolean.FALSE);
            case 'K' -> push(number(1));
            case 'M' -> push(number(2));
            case 'J' -> push(number(4));
            case 'U' -> push(text(number(1)));
            case 'T' -> push(content(Integer.toUnsignedLong(number(4))));
            case 'c' -> push(callable(line() + " " + line()));
            case ')' -> push(new Tuple(List.of()));
            case 0x85 -> push(new Tuple(popped(1)));
            case 0x86 -> push(new Tuple(popped(2)));
            case 0x87 -> push(new Tuple(popped(3)));
            case 't' -> push(new Tuple(poppedToMark()));
            case ']' -> push(new ArrayList<Object>());
            case 'a' -> append(popped(1));
            case 'e' -> append(poppedToMark());
            case '}' -> push(new LinkedHashMap<Object, Object>());
            case 's' -> put(popped(2));
            case 'u' -> put(poppedToMark());
            case 'q' -> memo.put(number(1), top());
            case 'r' -> memo.put(number(4), top());
            case 'h' -> push(remembered(number(1)));
            case 'j' -> push(remembered(number(4)));
            case 'R' -> push(called(popped(2)));
            case 'b' -> build(pop());
            default -> throw new IOException("it has an opcode that is unknown, " + opcode + ", at byte "
                    + (offset - 1));
        }
    }

    private Object called(List<Object> call) throws IOException {
        Object made = null;
        if (call.get(0) == Callable.ARRAY) {
            made = new PickledArray();
        } else if (call.get(0) == Callable.NUMBER_TYPE && call.get(1) instanceof Tuple arguments
                && !arguments.items.isEmpty() && arguments.items.get(0) instanceof String code) {
            made = new NumberType(code);
        }
        expect(made != null, "it calls what is no array");
        return made;
    }

    private void build(Object state) throws IOException {
        if (top() instanceof PickledArray array) {
            expect(state instanceof Tuple, "an array in it has no state");
            List<Object> items = ((Tuple) state).items;
            expect(items.size() == 5 && items.get(1) instanceof Tuple shape
                    && shape.items.stream().allMatch(Integer.class::isInstance) && items.get(2) instanceof NumberType
                    && items.get(3) instanceof Boolean && items.get(4) instanceof Content, "an array in it is unknown");
            array.shape = ((Tuple) items.get(1)).items;
            array.type = ((NumberType) items.get(2)).code;
            array.columnMajor = (Boolean) items.get(3);
            array.content = (Content) items.get(4);
        } else {
            // Bytes have no order: what a type's state says does not matter.
            expect(top() instanceof NumberType, "it sets the state of what has none");
        }
    }

    private Callable callable(String name) throws IOException {
        for (Callable callable : Callable.values()) {
            if (callable.name.equals(name)) {
                return callable;
            }
        }
        throw new IOException("it names " + EntryName.printable(name));
    }

    private Object remembered(int key) throws IOException {
        Object value = memo.get(key);
        expect(value != null, "it remembers what it never said");
        return value;
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> items) throws IOException {
        expect(top() instanceof ArrayList, "it appends to what is no list");
        ((List<Object>) top()).addAll(items);
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> items) throws IOException {
        expect(top() instanceof Map && items.size() % 2 == 0, "it puts into what is no dictionary");
        for (int i = 0; i < items.size(); i += 2) {
            expect(items.get(i) instanceof String, "a key in it is no string");
            ((Map<Object, Object>) top()).put(items.get(i), items.get(i + 1));
        }
    }

    private void push(Object value) {
        values++;
        stack.add(value);
    }

    private Object top() throws IOException {
        expect(!stack.isEmpty(), "its stack is empty");
        return stack.get(stack.size() - 1);
    }

    private Object pop() throws IOException {
        Object top = top();
        stack.remove(stack.size() - 1);
        return top;
    }

    private List<Object> popped(int count) throws IOException {
        expect(stack.size() >= count, "its stack is empty");
        List<Object> top = stack.subList(stack.size() - count, stack.size());
        List<Object> items = Collections.unmodifiableList(new ArrayList<>(top));
        top.clear();
        return items;
    }

    private List<Object> poppedToMark() throws IOException {
        int mark = stack.lastIndexOf(Constant.MARK);
        expect(mark >= 0, "a mark is missing in it");
        List<Object> items = popped(stack.size() - mark - 1);
        pop();
        return items;
    }

    private static void expect(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }

    /** Little-endian. */
    private int number(int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= in.readUnsignedByte() << 8 * i;
        }
        offset += bytes;
        return value;
    }

    private String text(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        offset += length;
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = number(1); c != '\n'; c = number(1)) {
            expect(line.length() < 100, "it has a name that is too long");
            line.append((char) c);
        }
        return line.toString();
    }

    private Content content(long length) throws IOException {
        Content content = new Content(offset, length);
        in.skipNBytes(length);
        offset += length;
        return content;
    }
}
