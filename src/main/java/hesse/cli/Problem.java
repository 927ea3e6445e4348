package hesse.cli;

import hesse.Expr;
import hesse.Objective;
import hesse.VectorFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cost function in text at a point.
 *
 * @param id what the answer is to be labelled with, or null
 * @param variables their order is that of all vectors
 * @param constraints functions whose values and Jacobian are asked too
 */
record Problem(String id, String expression, List<String> variables, double[] at, List<String> constraints) {
    Problem {
        if (variables.isEmpty()) {
            throw new IllegalArgumentException("no variables: give the point, as in --at x=1,y=2");
        }
        if (variables.stream().distinct().count() != variables.size()) {
            throw new IllegalArgumentException("a variable stands twice among " + String.join(", ", variables));
        }
        if (variables.size() != at.length) {
            throw new IllegalArgumentException(variables.size() + " variables (" + String.join(", ", variables)
                    + ") but " + at.length + " values");
        }
    }

    /** A point in text, {@code x=-1.2,y=1}, given by an option. */
    static Map<String, Double> point(String option, String text) {
        Map<String, Double> point = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException(option + " \"" + part.strip()
                        + "\": expected name=value, as in x=-1.2,y=1");
            }
            if (point.put(name, Decimal.parse(option + " " + name, part.substring(equals + 1))) != null) {
                throw new IllegalArgumentException(option + " gives " + name + " twice");
            }
        }
        return point;
    }

    static Problem of(String expression, Map<String, Double> point, List<String> constraints) {
        double[] at = point.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new Problem(null, expression, List.copyOf(point.keySet()), at, constraints);
    }

    Objective objective() {
        Formula formula = Formula.parse(expression);
        return Objective.of(at.length, x -> formula.build(names(variables, x)));
    }

    VectorFunction constraintFunction() {
        List<Formula> formulas = constraints.stream().map(Formula::parse).toList();
        return VectorFunction.of(at.length, x -> Expr.stack(
                formulas.stream().map(formula -> formula.build(names(variables, x))).toArray(Expr[]::new)));
    }

    /** The entries of the vector x by the names of its variables. */
    static Map<String, Expr> names(List<String> variables, Expr x) {
        Map<String, Expr> names = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            names.put(variables.get(i), x.get(i));
        }
        return names;
    }
}
