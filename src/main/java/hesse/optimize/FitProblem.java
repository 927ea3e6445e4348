package hesse.optimize;

import hesse.VectorFunction;
import java.util.List;
import java.util.StringJoiner;

/**
 * A problem of least squares.
 *
 * @param residuals F, m values of n parameters
 * @param box bounds of the parameters
 * @param loss what a residual counts for
 * @param scale the residual at which the loss begins to differ from a square
 * @param names of the parameters, n entries
 */
record FitProblem(VectorFunction residuals, Box box, Loss loss, double scale, List<String> names) {
    /** Parameters that a message shows. */
    private static final int SHOWN = 6;

    /** The parameters at a point by name, the first six. */
    String text(double[] at) {
        StringJoiner text = new StringJoiner(", ");
        for (int j = 0; j < Math.min(at.length, SHOWN); j++) {
            text.add(names.get(j) + " = " + at[j]);
        }
        return at.length > SHOWN ? text + ", ..." : text.toString();
    }
}
