package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.Expr;
import hesse.Objective;
import hesse.VectorFunction;
import hesse.optimize.Minimize;
import hesse.optimize.Minimum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Constrained problems of Hock and Schittkowski (Test Examples for Nonlinear Programming Codes, LNEMS 187, 1981) from
 * their starts; read where the reference data lies, since the licence of its texts is unclear.
 */
class HockSchittkowskiTest {
    private static final Path PROBLEMS = Path.of("../shared/data/optimize/hs.jsonl");

    /**
     * By problem, the cost that is reached instead, where no feasible point is as low as the reference says, or none
     * can be told from a feasible one in double precision.
     */
    private static final Map<String, Double> ELSEWHERE = Map.of(
            // the text's bound x4 >= 2 alone costs 4: -99.96 is of another set of bounds
            "HS21MOD", -95.96,
            // the six equalities (rank 5) leave a line on which the cost is 16/3 + x1/3 + exp(x1 - x1^2) >= 19/3, so
            // 6.005 is not feasible; the start lies on it at the local minimum x1 = 1
            "HS55", 20 / 3.0,
            // 5126.4981 is HS74's minimum, where x3 - x4 = 0.515 and not 0.48
            "HS75", 5174.4126953778,
            // lower than the reference, but terms of 10^8 leave violations of 10^-7 by rounding alone
            "HS99EXP", -1.26000625e12);

    @Test
    void reachTheBestKnownValue() throws IOException {
        assumeTrue(Files.exists(PROBLEMS), "the reference data is not beside the checkout");
        List<String> failed = new ArrayList<>();
        int count = 0;
        for (String line : Files.readAllLines(PROBLEMS)) {
            Map<String, Object> problem = JSON.std.mapFrom(line);
            Minimum result = solve(problem);
            double best = best(problem);
            double violation = violation(problem, result.x());
            boolean reached = violation <= 1e-8 && result.value() <= best + 1e-6 * Math.max(1, Math.abs(best));
            System.out.printf("%-10s %-4s %18.10f best %18.10f violation %.1e %4d steps %s %s%n", problem.get("name"),
                    reached ? "" : "no", result.value(), best,
                    violation, result.steps().size(), result.ending(), result.reducedInertia());
            Double elsewhere = ELSEWHERE.get(problem.get("name"));
            boolean explained = elsewhere != null && result.isConverged()
                    && Math.abs(result.value() - elsewhere) <= 1e-6 * Math.abs(elsewhere);
            if (!reached && !explained) {
                failed.add(problem.get("name") + ": " + result.value() + " for " + best + ", violation " + violation
                        + ", " + result.message());
            }
            count++;
        }
        assertEquals(43, count);
        assertEquals(List.of(), failed);
    }

    private static double best(Map<String, Object> problem) {
        return problem.get("best") != null
                ? ((Number) problem.get("best")).doubleValue()
                : Math.min(number(problem.get("sif"), Double.POSITIVE_INFINITY),
                        number(problem.get("slsqp"), Double.POSITIVE_INFINITY));
    }

    private static Minimum solve(Map<String, Object> problem) {
        List<String> variables = ((List<?>) problem.get("variables")).stream().map(Object::toString).toList();
        int n = variables.size();
        Formula cost = Formula.parse(problem.get("objective").toString());
        Minimize minimize = Minimize.of(Objective.of(n, x -> cost.build(Problem.names(variables, x))))
                .from(numbers(problem.get("start"), 0))
                .bounds(numbers(problem.get("lower"), Double.NEGATIVE_INFINITY),
                        numbers(problem.get("upper"), Double.POSITIVE_INFINITY));
        List<Formula> formulas = ((List<?>) problem.get("constraints")).stream()
                .map(text -> Formula.parse(text.toString())).toList();
        List<?> kinds = (List<?>) problem.get("kinds");
        if (!formulas.isEmpty()) {
            VectorFunction c = VectorFunction.of(n, x -> Expr.stack(
                    formulas.stream().map(f -> f.build(Problem.names(variables, x))).toArray(Expr[]::new)));
            minimize.subjectTo(c,
                    kinds.stream().mapToDouble(kind -> kind.equals("<=0") ? Double.NEGATIVE_INFINITY : 0).toArray(),
                    kinds.stream().mapToDouble(kind -> kind.equals(">=0") ? Double.POSITIVE_INFINITY : 0).toArray());
        }
        return minimize.run();
    }

    private static double violation(Map<String, Object> problem, double[] x) {
        List<?> names = (List<?>) problem.get("variables");
        double largest = 0;
        List<?> texts = (List<?>) problem.get("constraints");
        for (int i = 0; i < texts.size(); i++) {
            Formula formula = Formula.parse(texts.get(i).toString());
            double c = Objective.of(x.length,
                    p -> formula.build(Problem.names(names.stream().map(Object::toString).toList(), p))).value(x);
            Object kind = ((List<?>) problem.get("kinds")).get(i);
            largest = Math.max(largest, kind.equals("<=0") ? c : kind.equals(">=0") ? -c : Math.abs(c));
        }
        double[] lower = numbers(problem.get("lower"), Double.NEGATIVE_INFINITY);
        double[] upper = numbers(problem.get("upper"), Double.POSITIVE_INFINITY);
        for (int j = 0; j < x.length; j++) {
            largest = Math.max(largest, Math.max(lower[j] - x[j], x[j] - upper[j]));
        }
        return largest;
    }

    private static double[] numbers(Object list, double otherwise) {
        return Arrays.stream(((List<?>) list).toArray()).mapToDouble(entry -> number(entry, otherwise)).toArray();
    }

    private static double number(Object entry, double otherwise) {
        return entry == null ? otherwise : ((Number) entry).doubleValue();
    }
}
