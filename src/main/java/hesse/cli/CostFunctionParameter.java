package hesse.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** {@code EXPR}, the cost function of a command line. A formula that the shell has split is refused, not joined. */
final class CostFunctionParameter {
    @Parameters(arity = "0..*", paramLabel = "EXPR", description = "the cost function")
    private List<String> expressions = List.of();

    boolean isAbsent() {
        return expressions.isEmpty();
    }

    /**
     * The one formula.
     *
     * @param example of a whole command line, for the message where there is none
     * @throws IllegalArgumentException where there is none, or more than one
     */
    String formula(String example) {
        if (expressions.isEmpty()) {
            throw new IllegalArgumentException("no formula: give one, as in " + example);
        }
        if (expressions.size() > 1) {
            throw new IllegalArgumentException("expected one formula, found " + expressions.size()
                    + " (" + String.join(" | ", expressions) + "); put it in quotes");
        }
        return expressions.getFirst();
    }
}
