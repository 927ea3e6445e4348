package hesse.optimize;

import hesse.Objective;
import hesse.VectorFunction;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.analysis.MultivariateMatrixFunction;
import org.hipparchus.analysis.MultivariateVectorFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * Functions of Hesse as Hipparchus' optimisers take them. Needs {@code org.hipparchus:hipparchus-optim}, which Hesse
 * does not bring, and runs from the class path: Hipparchus 4 has no module names, so the module {@code hesse} does not
 * read it, unless the JVM is started with {@code --add-reads hesse=ALL-UNNAMED}. Any number of threads.
 */
public final class Hipparchus {
    private Hipparchus() {}

    /** The cost, for {@code MultivariateOptimizer.optimize}. */
    public static ObjectiveFunction cost(Objective f) {
        MultivariateFunction value = f::value;
        return new ObjectiveFunction(value);
    }

    /** Its gradient, for optimisers that use one. */
    public static ObjectiveFunctionGradient gradient(Objective f) {
        MultivariateVectorFunction gradient = f::gradient;
        return new ObjectiveFunctionGradient(gradient);
    }

    /** Values and Jacobian, for {@code LeastSquaresBuilder.model}. */
    public static MultivariateJacobianFunction model(VectorFunction f) {
        MultivariateMatrixFunction jacobian = x -> f.jacobian(x).toArray();
        return x -> new Pair<>(MatrixUtils.createRealVector(f.value(x.toArray())),
                MatrixUtils.createRealMatrix(jacobian.value(x.toArray())));
    }
}
