package hesse.cli;

import hesse.Expr;
import hesse.Functions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The functions that a {@link Formula} may call: the elementwise ones by their names, and some made of several. */
record FormulaFunctions(int arity, Function<Expr[], Expr> body) {
    static final Map<String, FormulaFunctions> NAMED = new LinkedHashMap<>();

    static {
        Functions.named().forEach((name, arity) ->
                NAMED.put(name, new FormulaFunctions(arity, operands -> Functions.named(name, operands))));
        unary("digamma", Functions::digamma);
        unary("logErfc", Functions::logErfc);
        unary("logNormalCdf", Functions::logNormalCdf);
    }

    private static void unary(String name, UnaryOperator<Expr> function) {
        NAMED.put(name, new FormulaFunctions(1, operands -> function.apply(operands[0])));
    }

    Expr apply(Expr... operands) {
        return body.apply(operands);
    }

    /** All names in lines of at most so many characters. */
    static String listing(int width) {
        StringBuilder text = new StringBuilder();
        int used = 0;
        for (String name : NAMED.keySet()) {
            boolean fits = used + 1 + name.length() <= width;
            text.append(text.isEmpty() ? "" : fits ? " " : "\n").append(name);
            used = text.length() - text.lastIndexOf("\n") - 1;
        }
        return text.toString();
    }
}
