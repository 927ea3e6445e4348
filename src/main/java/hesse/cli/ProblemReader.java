package hesse.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One line of a batch: {@code {"id", "expression", "variables": [names], "at": [numbers], "constraints": [texts]}}. The point
 * may be an object name: number instead, then variables may be left out; id and constraints may always; other keys are
 * passed over.
 */
final class ProblemReader {
    private ProblemReader() {}

    /** What was read of a line: a problem, or the reason why there is none, and the id in either case where it was found. */
    record Line(String id, Problem problem, String error) {}

    static Line read(String text) throws IOException {
        Map<String, Object> line = Map.of();
        try {
            line = JSON.std.mapFrom(text);
            return new Line(id(line), problem(line), null);
        } catch (JsonProcessingException e) {
            return new Line(null, null, "not a JSON object in one line: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return new Line(id(line), null, e.getMessage());
        }
    }

    private static String id(Map<String, Object> line) {
        return line.get("id") == null ? null : line.get("id").toString();
    }

    private static Problem problem(Map<String, Object> line) {
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
            case null, default -> throw new IllegalArgumentException("\"at\" must be an array of numbers or an object of them");
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

    /** Numbers that JSON cannot write may come as texts. */
    private static double number(Object value) {
        try {
            return Double.parseDouble(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"at\" holds " + value + ", which is no number", e);
        }
    }
}
