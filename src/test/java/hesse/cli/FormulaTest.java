package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hesse.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    /** The value at x = 3, y = 2. */
    private static double value(String text) {
        Formula formula = Formula.parse(text);
        return Objective.of(2, x -> formula.build(Problem.names(List.of("x", "y"), x))).value(new double[] {3, 2});
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-x^2|-9", "(-x)^2|9", "2^-x|0.125", "2^-y^2|0.0625", "-2^-y|-0.25", "x^y^0|3", "2^3^2|512",
        "x-y-1|0", "x/y/2|0.75", "x*-y|-6", "x--y|5", "--x|3", "+x|3", "x*+y|6", "x^+y|9", "- - x|3", "x+-+-y|5",
        ".5|0.5", "3.|3", "1e+1|10", "1E-1|0.1", "2.5e2*x|750", "1.e1|10", ".5e1|5", "0x|0", "x*2e0|6",
        "max(x,y)|3", "min(x, y)|2", "pow(x,y)|9", "atan2(0,x)|0", "hypot(x,4)|5", "fma(x,y,1)|7", "select(x, 1, 2)|1",
        "cbrt(27)|3", "square(x)|9", "sqrt((x+1))|2", "abs(-x)|3", "log2(8)|3", "exp(0)|1", "((x))|3", "\tx  + y |5",
        "cos(pi)|-1", "log(e)|1", "x^2^-1*y|3.4641016151377544", "-(x)|-3", "lgamma(1)|0", "x^-2*9|1"
    })
    void grammar(String text, String expected) {
        if (text.equals("0x")) {
            assertThrows(Formula.FormulaException.class, () -> value(text));
            return;
        }
        assertEquals(Double.parseDouble(expected), value(text), 1e-15);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x+|column 3: the formula ends where an operand is expected",
        "''|column 1: the formula is empty",
        "x y|column 3: expected an operator, found 'y'",
        "2x|column 2: expected an operator after the number, found 'x'",
        "1..2|column 3: expected an operator after the number, found '.'",
        "1e|column 2: expected an operator after the number, found 'e'",
        ".|column 1: expected digits around '.'",
        "(x|column 1: this parenthesis is never closed",
        "x+sin(y|column 3: this parenthesis is never closed",
        "x)|column 2: this parenthesis was never opened",
        "()|column 2: expected a number, a name or '(', found ')'",
        "x,y|column 2: a comma outside a function's arguments",
        "(x,y)|column 3: a comma outside a function's arguments",
        "atan2(x)|column 1: atan2 takes 2 arguments, found 1",
        "1+sin(x,y)|column 3: sin takes 1 argument, found 2",
        "sin()|column 5: expected a number, a name or '(', found ')'",
        "x+*y|column 3: expected a number, a name or '(', found '*'",
        "x**y|column 3: expected a number, a name or '(', found '*'",
        "x # y|column 3: expected an operator, found '#'",
        "x+z|column 3: unknown variable \"z\"; there are x, y",
        "sin|column 1: unknown variable \"sin\"; there are x, y",
        "sin x|column 5: expected an operator, found 'x'"
    })
    void errorsNameTheColumn(String text, String message) {
        assertEquals(message, assertThrows(Formula.FormulaException.class, () -> value(text)).getMessage());
    }

    @Test
    void unknownFunctionsListTheKnown() {
        String message = assertThrows(Formula.FormulaException.class, () -> value("1+foo(x)")).getMessage();
        assertEquals("column 3: unknown function \"foo\"; there are fma square", message.substring(0, 54));
    }

    @Test
    void variablesHidePiAndE() {
        Formula formula = Formula.parse("e*pi");
        assertEquals(6, Objective.of(2, x -> formula.build(Problem.names(List.of("e", "pi"), x)))
                .value(new double[] {3, 2}));
    }

    @Test
    void nestingHasNoLimit() {
        int depth = 100_000;
        assertEquals(3, value("(".repeat(depth) + "x" + ")".repeat(depth)));
        assertEquals(3 + depth, value("(".repeat(depth) + "x" + "+1)".repeat(depth)));
        assertEquals(3, value("-".repeat(depth) + "x"));
        assertEquals(1, value("1^".repeat(depth) + "x"));
    }
}
