package hesse.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One line of a batch: {@code {"id", "expression", "variables": [names], "at": [numbers], "constraints": [texts]}}.
 * {@code "at"} may also be an object of name and number, which makes {@code "variables"} unnecessary; id and
 * constraints are optional; other keys are ignored.
 */
final class ProblemReader {
    private ProblemReader() {}

    /**
     * The entries of the JSON object in a line.
     *
     * @throws IllegalArgumentException where the line is anything but one JSON object
     */
    static Map<String, Object> entries(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object in one line, but " + found(parser));
            }
            Map<String, Object> entries = JSON.std.mapFrom(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("more than one JSON object on the line");
            }
            return entries;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object in one line: "
                    + e.getOriginalMessage().replaceAll("\\s*\\(start marker at .*", ""), e);
        }
    }

    /** What stands where an object was expected. */
    private static String found(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case null -> "nothing";
            default -> parser.getText();
        };
    }

    /** The id of a line, or null where it has none. */
    static String id(Map<String, Object> line) {
        Object id = line.get("id");
        if (id instanceof List || id instanceof Map) {
            throw new IllegalArgumentException("\"id\" must be a text or a number");
        }
        return id == null ? null : id.toString();
    }

    static Problem problem(Map<String, Object> line) {
        if (!(line.get("expression") instanceof String expression)) {
            throw new IllegalArgumentException("\"expression\" must be a text");
        }
        List<String> variables = strings(line, "variables");
        double[] at = switch (line.get("at")) {
            case List<?> values -> values.stream().mapToDouble(ProblemReader::number).toArray();
            case Map<?, ?> values -> {
                if (!line.containsKey("variables")) {
                    values.keySet().forEach(name -> variables.add(name.toString()));
                }
                yield variables.stream().mapToDouble(name -> number(values.get(name), name)).toArray();
            }
            case null, default ->
                    throw new IllegalArgumentException("\"at\" must be an array of numbers or an object of them");
        };
        return new Problem(id(line), expression, variables, at, strings(line, "constraints"));
    }

    private static List<String> strings(Map<String, Object> line, String key) {
        List<String> strings = new ArrayList<>();
        switch (line.get(key)) {
            case null -> { }
            case List<?> values when values.stream().allMatch(String.class::isInstance) ->
                    values.forEach(value -> strings.add((String) value));
            default -> throw new IllegalArgumentException("\"" + key + "\" must be an array of texts");
        }
        return strings;
    }

    private static double number(Object value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("\"at\" gives no value for " + name);
        }
        return number(value);
    }

    /** A number, or a text such as "NaN" or "Infinity" for one that JSON cannot write. */
    private static double number(Object value) {
        if (value instanceof Number || value instanceof String) {
            OptionalDouble number = Decimal.parse(value.toString());
            if (number.isPresent()) {
                return number.getAsDouble();
            }
        }
        throw new IllegalArgumentException("\"at\" holds " + value + ", which is no number");
    }
}
