package hesse.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The problems of More, Garbow and Hillstrom by every method that should reach the known minima, from the start, 10 and
 * 100 times it.
 */
class MoreGarbowHillstromTest {
    private static final List<Method> METHODS =
            List.of(Method.TRUST_REGION, Method.NEWTON, Method.NEWTON_CG, Method.LBFGS);
    /** Powell's function has a singular Hessian at its minimum 0, where no number but 0 is small. */
    private static final Set<Integer> SINGULAR = Set.of(13, 22);

    @Test
    void knownMinima() {
        List<String> failed = new ArrayList<>();
        System.out.println("More, Garbow, Hillstrom: by method and start value-gradient-Hessian-product counts;"
                + " ! where no known minimum was reached");
        for (MoreGarbowHillstrom problem : MoreGarbowHillstrom.all().stream()
                .sorted(Comparator.comparingInt(MoreGarbowHillstrom::number)).toList()) {
            StringBuilder line = new StringBuilder(String.format("%2d %-26s", problem.number(), problem.name()));
            for (Method method : METHODS) {
                for (double factor : new double[] {1, 10, 100}) {
                    Minimum result = Minimize.of(problem.sumOfSquares()).from(scaled(problem.start(), factor))
                            .method(method).gradientTolerance(1e-14)
                            .explain(false).maxIterations(3_000).run();
                    Evaluations e = result.evaluations();
                    boolean reached = problem.isMinimum(result.value());
                    line.append(String.format(" %s%d-%d-%d-%d", reached ? "" : "!", e.values(), e.gradients(),
                            e.hessians(), e.products()));
                    if (factor == 1 && !reached) {
                        failed.add(method + " " + problem.number() + ": " + result.value() + " " + result.message());
                    }
                }
                line.append(" |");
            }
            for (double factor : new double[] {1, 10, 100}) {
                Fit fit = LeastSquares.of(problem.residuals()).from(scaled(problem.start(), factor)).run();
                boolean reached = problem.isMinimum(fit.sumOfSquares());
                line.append(String.format(" %s%d-%d", reached ? "" : "!", fit.evaluations().values(),
                        fit.evaluations().gradients()));
                if (factor == 1 && !reached) {
                    failed.add("LM " + problem.number() + ": " + fit.sumOfSquares() + " " + fit.message());
                }
            }
            System.out.println(line);
        }
        assertEquals(List.of(), failed);
    }

    /**
     * Started again where it converged at a minimum with a positive definite Hessian, every method ends after one step
     * at most, no higher.
     */
    @ParameterizedTest
    @EnumSource(value = Method.class, names = {"TRUST_REGION", "NEWTON", "NEWTON_CG", "LBFGS"})
    void minimaAreRecognised(Method method) {
        List<String> failed = new ArrayList<>();
        int count = 0;
        for (MoreGarbowHillstrom problem : MoreGarbowHillstrom.all()) {
            for (double factor : new double[] {1, 10, 100}) {
                Minimize minimize = Minimize.of(problem.sumOfSquares()).method(method).explain(false)
                        .maxIterations(1_000);
                Minimum first = minimize.from(scaled(problem.start(), factor)).run();
                if (!first.isSufficient()) {
                    continue;
                }
                Minimum again = minimize.from(first.x()).run();
                if (SINGULAR.contains(problem.number())) {
                    assertTrue(again.isConverged(), again.message());
                    continue;
                }
                count++;
                if (!again.isSufficient() || again.steps().size() > 1 || again.value() > first.value()) {
                    failed.add(problem.number() + " times " + factor + ": " + again.steps().size() + " steps, "
                            + first.value() + " -> " + again.value() + ", "
                            + again.message());
                }
            }
        }
        assertEquals(List.of(), failed);
        assertTrue(count >= 70, count + " of 105 runs ended at a minimum");
    }

    private static double[] scaled(double[] x, double factor) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] *= factor;
        }
        return y;
    }
}
