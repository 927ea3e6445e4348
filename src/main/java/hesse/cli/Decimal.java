package hesse.cli;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Decimal numbers in text: 12, -.5, 1e-3, NaN and Infinity. Forms that only Java reads, 2f, 1d and 0x1p3, are refused:
 * in a file of data they are slips.
 */
final class Decimal {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?|NaN|[+-]?Infinity");

    private Decimal() {}

    /** The nearest double; empty where the text is no number. */
    static OptionalDouble parse(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches() ? OptionalDouble.of(Double.parseDouble(stripped))
                : OptionalDouble.empty();
    }

    /**
     * The nearest double.
     *
     * @param what says in the message where the number stands
     * @throws IllegalArgumentException where the text is no number
     */
    static double parse(String what, String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(what + ": \"" + text.strip() + "\" is no number"));
    }
}
