package hesse.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The problems of More, Garbow and Hillstrom by every method that should reach the known minima, from the start, 10 and 100 times it. */
class MoreGarbowHillstromTest {
    private static final List<Method> METHODS = List.of(Method.TRUST_REGION, Method.NEWTON, Method.NEWTON_CG, Method.LBFGS);
    @Test
    void knownMinima() {
        List<String> failed = new ArrayList<>();
        System.out.println("More, Garbow, Hillstrom: by method and start value-gradient-Hessian-product counts; ! where no known minimum was reached");
        for (MoreGarbowHillstrom problem : MoreGarbowHillstrom.all().stream().sorted(Comparator.comparingInt(MoreGarbowHillstrom::number)).toList()) {
            StringBuilder line = new StringBuilder(String.format("%2d %-26s", problem.number(), problem.name()));
            for (Method method : METHODS) {
                for (double factor : new double[] {1, 10, 100}) {
                    Minimum result = Minimize.of(problem.sumOfSquares()).from(scaled(problem.start(), factor)).method(method).gradientTolerance(1e-14)
                            .explain(false).maxIterations(3_000).run();
                    Evaluations e = result.evaluations();
                    boolean reached = problem.isMinimum(result.value());
                    line.append(String.format(" %s%d-%d-%d-%d", reached ? "" : "!", e.values(), e.gradients(), e.hessians(), e.products()));
                    if (factor == 1 && !reached) {
                        failed.add(method + " " + problem.number() + ": " + result.value() + " " + result.message());
                    }
                }
                line.append(" |");
            }
            for (double factor : new double[] {1, 10, 100}) {
                Fit fit = LeastSquares.of(problem.residuals()).from(scaled(problem.start(), factor)).run();
                boolean reached = problem.isMinimum(fit.sumOfSquares());
                line.append(String.format(" %s%d-%d", reached ? "" : "!", fit.evaluations().values(), fit.evaluations().gradients()));
                if (factor == 1 && !reached) {
                    failed.add("LM " + problem.number() + ": " + fit.sumOfSquares() + " " + fit.message());
                }
            }
            System.out.println(line);
        }
        assertEquals(List.of(), failed);
    }

    private static double[] scaled(double[] x, double factor) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] *= factor;
        }
        return y;
    }
}
