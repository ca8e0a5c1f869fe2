package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Small things of JSON: what is absent is null. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode put(ObjectNode object, String name, OptionalLong value) {
        return value.isPresent() ? object.put(name, value.getAsLong()) : object.putNull(name);
    }

    static ObjectNode put(ObjectNode object, String name, OptionalDouble value) {
        return value.isPresent() ? object.put(name, value.getAsDouble()) : object.putNull(name);
    }

    static void add(ArrayNode array, OptionalDouble value) {
        if (value.isPresent()) {
            array.add(value.getAsDouble());
        } else {
            array.addNull();
        }
    }

    static void add(ArrayNode array, OptionalLong value) {
        if (value.isPresent()) {
            array.add(value.getAsLong());
        } else {
            array.addNull();
        }
    }

    /** An object with one field, a list. */
    static <T> ObjectNode list(String name, List<T> items, Function<T, ObjectNode> item) {
        ObjectNode object = object();
        ArrayNode array = object.putArray(name);
        items.forEach(each -> array.add(item.apply(each)));
        return object;
    }
}
