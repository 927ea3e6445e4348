package hesse.optimize;

import hesse.matrix.Cholesky;
import hesse.matrix.NotPositiveDefinite;
import hesse.matrix.SymmetricMatrix;

/**
 * {@link Method#NEWTON}: the step to the model's minimum in the parameters that no bound holds. Where the Hessian is
 * not positive definite its eigenvalues' sizes serve, or of many parameters a shift of it.
 */
record Newton(Iterate at) implements LineMethod {
    @Override
    public boolean isScaleFree() {
        return true;
    }

    @Override
    public double direction(double[] d, Backtracking line) {
        int[] free = at.run.box().free(at.x(), at.g());
        double[] step = step(Algebra.part(at.h(), free), free);
        System.arraycopy(step, 0, d, 0, d.length);
        boolean isStep = Algebra.isFinite(d) && Algebra.largest(d) > 0;
        return isStep ? 1 : line.steepest(d);
    }

    /** The step by the rows and columns of the Hessian that belong to free parameters; zeros where there is none. */
    private double[] step(SymmetricMatrix part, int[] free) {
        boolean isSmall = at.run.isSmall();
        try {
            Cholesky factors = isSmall ? Cholesky.of(part) : Cholesky.ofShifted(part);
            return Algebra.whole(Algebra.times(-1, factors.solve(Algebra.part(at.g(), free))), free, at.n);
        } catch (NotPositiveDefinite e) {
            boolean isKnown = isSmall && Algebra.isFinite(part.toPacked());
            return isKnown ? new LocalModel(at.h(), free).step(at.g()) : new double[at.n];
        }
    }
}
