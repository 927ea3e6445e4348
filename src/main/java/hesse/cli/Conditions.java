package hesse.cli;

import hesse.Expr;
import hesse.VectorFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bounds and constraints in text, separated by semicolons: {@code 0<=x<=1}, {@code x+y=3}, {@code x^2<=y}. */
final class Conditions {
    private static final Pattern RELATION = Pattern.compile("<=|>=|=");
    private static final String EXPECTED = "\": expected a relation by <=, >= or =, as in 0<=x<=1, x+y=3 or x^2<=y";

    /** A relation of two formulas: smaller at most larger, or equal to it. */
    private record Relation(String text, String smaller, String larger, boolean equal) {}

    private Conditions() {}

    /** The relations of neighbours in each part of the text: 0<=x<=1 has two. */
    private static List<Relation> relations(String option, String text) {
        List<Relation> relations = new ArrayList<>();
        for (String part : Arrays.stream(text.split(";")).map(String::strip).filter(p -> !p.isEmpty()).toList()) {
            String[] sides = RELATION.split(part, -1);
            Matcher signs = RELATION.matcher(part);
            if (sides.length < 2 || sides.length > 3 || Arrays.stream(sides).anyMatch(String::isBlank)
                    || part.matches(".*[<>](?!=).*")) {
                throw new IllegalArgumentException(option + " \"" + part + EXPECTED);
            }
            for (int k = 0; k + 1 < sides.length && signs.find(); k++) {
                boolean turned = signs.group().equals(">=");
                relations.add(new Relation(part, sides[turned ? k + 1 : k].strip(), sides[turned ? k : k + 1].strip(),
                        signs.group().equals("=")));
            }
        }
        return relations;
    }

    /** Constraints: m functions of the variables, as they were written, and the m intervals of their values. */
    record ConstraintFunction(List<String> texts, VectorFunction function, double[] lower, double[] upper) {}

    /**
     * For every relation the left side minus the right, to be at most 0 or equal to it; null where there are no
     * relations.
     */
    static ConstraintFunction constraints(List<String> variables, String text) {
        List<Relation> relations = relations("--subject-to", text);
        if (relations.isEmpty()) {
            return null;
        }
        List<Formula> smaller = relations.stream().map(relation -> Formula.parse(relation.smaller)).toList();
        List<Formula> larger = relations.stream().map(relation -> Formula.parse(relation.larger)).toList();
        VectorFunction function = VectorFunction.of(variables.size(), x -> {
            Expr[] differences = new Expr[relations.size()];
            for (int i = 0; i < differences.length; i++) {
                differences[i] = smaller.get(i).build(Problem.names(variables, x))
                        .minus(larger.get(i).build(Problem.names(variables, x)));
            }
            return Expr.stack(differences);
        });
        double[] lower = relations.stream()
                .mapToDouble(relation -> relation.equal ? 0 : Double.NEGATIVE_INFINITY).toArray();
        return new ConstraintFunction(relations.stream().map(Relation::text).toList(), function, lower,
                new double[relations.size()]);
    }

    /** Lower and upper bounds of the variables, in their order: rows 0 and 1, infinite where none is given. */
    static double[][] bounds(List<String> variables, String text) {
        double[] lower = new double[variables.size()];
        double[] upper = new double[variables.size()];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        for (Relation relation : relations("--bounds", text)) {
            int below = variables.indexOf(relation.larger);
            int above = variables.indexOf(relation.smaller);
            if (below < 0 == above < 0) {
                throw new IllegalArgumentException("--bounds \"" + relation.text + "\": expected a variable ("
                        + String.join(", ", variables) + ") and a number");
            }
            if (below >= 0 || relation.equal) {
                lower[Math.max(below, above)] = number(relation, below >= 0 ? relation.smaller : relation.larger);
            }
            if (above >= 0 || relation.equal) {
                upper[Math.max(below, above)] = number(relation, above >= 0 ? relation.larger : relation.smaller);
            }
        }
        return new double[][] {lower, upper};
    }

    private static double number(Relation relation, String text) {
        return Decimal.parse("--bounds \"" + relation.text + "\"", text);
    }
}
