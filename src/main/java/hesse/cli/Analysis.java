package hesse.cli;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.Objective;
import hesse.VectorFunction;
import hesse.curvature.Curvature;
import hesse.curvature.Direction;
import hesse.curvature.Prediction;
import hesse.matrix.Matrix;

/**
 * What {@code analyze} answers: the curvature of a cost, a step along steepest descent, and the constraints.
 *
 * @param along slope and curvature along -g/|g|
 * @param step in units of the gradient: the best one where there is one
 * @param constraints their values, or null
 * @param jacobian their Jacobian by rows, or null
 */
record Analysis(
        Objective objective,
        Curvature curvature,
        Direction along,
        double step,
        Prediction prediction,
        double[] constraints,
        double[][] jacobian) {

    static Analysis of(Problem problem) {
        Analysis analysis = of(problem.objective(), problem.at());
        if (problem.constraints().isEmpty()) {
            return analysis;
        }
        VectorFunction function = problem.constraintFunction();
        double[] values = new double[function.m()];
        Matrix jacobian = Matrix.of(function.m(), function.n());
        function.jacobian(problem.at(), values, jacobian);
        return new Analysis(analysis.objective, analysis.curvature, analysis.along, analysis.step, analysis.prediction,
                values, jacobian.toArray());
    }

    static Analysis of(Objective objective, double[] at) {
        Curvature curvature = Curvature.of(objective, at);
        double[] down = curvature.steepestDescent();
        double length = 0;
        for (double entry : down) {
            length = Math.hypot(length, entry);
        }
        double step = length == 0 ? 0 : step(curvature);
        Direction along = curvature.along(scaled(down, length == 0 ? 1 : 1 / length));
        return new Analysis(objective, curvature, along, step, curvature.predict(scaled(down, step)), null, null);
    }

    /**
     * The step along -g that the quadratic model finds best, in units of the gradient; where the cost curves down along
     * -g, one over the largest absolute eigenvalue; NaN where a derivative is not finite.
     */
    private static double step(Curvature curvature) {
        if (!curvature.isFinite()) {
            return Double.NaN;
        }
        double best = curvature.bestStep();
        if (best < Double.POSITIVE_INFINITY) {
            return best;
        }
        double radius = curvature.spectralRadius();
        return radius > 0 ? 1 / radius : 1;
    }

    private static double[] scaled(double[] v, double factor) {
        double[] result = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            result[i] = factor * v[i];
        }
        return result;
    }

    /** The cost at x - t g. */
    double costAlong(double t) {
        double[] x = curvature.point();
        double[] down = curvature.steepestDescent();
        for (int i = 0; i < x.length; i++) {
            x[i] = fma(t, down[i], x[i]);
        }
        return objective.value(x);
    }
}
