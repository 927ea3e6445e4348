package hesse.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.Objective;
import hesse.curvature.Inertia;
import hesse.measure.Picture;
import hesse.optimize.Method;
import hesse.optimize.Minimize;
import hesse.optimize.Minimum;
import hesse.optimize.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hesse minimize}: the minimum of a cost function in text, and for every step what was predicted and what
 * happened.
 */
@Command(
        name = "minimize",
        description = "Minimises a cost function, within bounds and under constraints.",
        footer = {
            "",
            "Example: hesse minimize \"100*(y-x^2)^2 + (1-x)^2\" --from x=-1.2,y=1",
            "         hesse minimize \"x+y\" --from x=1,y=1 --subject-to \"x^2+y^2<=2\"",
            "Methods: auto gradient_fixed gradient_backtracking gradient_curvature lbfgs",
            "newton trust_region newton_cg interior_point; several, separated by commas,",
            "run one after the other. Exit code 1 where one does not converge."
        })
final class MinimizeCommand implements Callable<Integer> {
    /** Part of the largest multiplier or gradient entry below which a multiplier counts as 0. */
    private static final double TRACE = 1e-6;

    @Mixin
    private CostFunctionParameter cost;

    @Option(names = "--from", required = true, paramLabel = "x=..,y=..",
            description = "the start; its order is that of all vectors")
    private String from;

    @Option(names = "--method", paramLabel = "M[,M]", description = "one of those below, or several; ${DEFAULT-VALUE}",
            defaultValue = "auto")
    private String methods;

    @Mixin
    private BoundsOption bounds;

    @Option(names = "--subject-to", paramLabel = "\"E<=0; E=0\"",
            description = "constraints: formulas on both sides of <=, >= or =", defaultValue = "")
    private String constraints;

    @Option(names = "--step", paramLabel = "T", description = "the step of gradient_fixed")
    private Double step;

    @Option(names = "--max-steps", paramLabel = "N", description = "at most so many steps; ${DEFAULT-VALUE}",
            defaultValue = "10000")
    private int most;

    @Option(names = "--tolerance", paramLabel = "E",
            description = "part of the size that the parameters give a gradient's entry, below which it counts as 0; "
                    + "${DEFAULT-VALUE}",
            defaultValue = "1e-9")
    private double tolerance;

    @Mixin
    private JsonOption json;

    @Option(names = "--plot", paramLabel = "FILE",
            description = "draw the paths of two variables over contours, else as --convergence; .svg or .png")
    private Path plot;

    @Option(names = "--convergence", paramLabel = "FILE",
            description = "draw cost and gradient against steps, as .svg or .png")
    private Path convergence;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException {
        String formula = cost.formula("minimize \"x^2 + y^2\" --from x=1,y=2");
        for (Path file : Arrays.asList(plot, convergence)) {
            if (file != null) {
                Picture.requireFormat(file);
            }
        }
        Map<String, Double> start = Problem.point("--from", from);
        Problem problem = Problem.of(formula, start, List.of());
        Objective objective = problem.objective();
        double[][] box = bounds.of(problem.variables());
        Conditions.ConstraintFunction conditions = Conditions.constraints(problem.variables(), constraints);
        List<Minimum> results = new ArrayList<>();
        for (Method method : methods()) {
            Minimize run = Minimize.of(objective).from(problem.at()).bounds(box[0], box[1]).method(method)
                    .maxIterations(most).gradientTolerance(tolerance);
            if (step != null) {
                run.stepSize(step);
            }
            if (conditions != null) {
                run.subjectTo(conditions.function(), conditions.lower(), conditions.upper());
            }
            Progress progress = new Progress();
            Minimum result = run.listener(progress::tell).run();
            progress.end();
            results.add(result);
            System.out.print(json.isRequested() ? json(problem, result) + "\n" : text(problem, conditions, result));
        }
        plot(objective, problem, results);
        return results.stream().allMatch(Minimum::isConverged) ? CommandLine.ExitCode.OK : 1;
    }

    private List<Method> methods() {
        return Arrays.stream(methods.split(",")).map(MinimizeCommand::method).toList();
    }

    private static Method method(String name) {
        List<Method> all = List.of(Method.values());
        return all.stream().filter(method -> method.name().equalsIgnoreCase(name.strip().replace('-', '_'))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--method " + name + ": known are "
                        + all.stream().map(MinimizeCommand::name).collect(Collectors.joining(" "))));
    }

    private static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private void plot(Objective objective, Problem problem, List<Minimum> results) throws IOException {
        if (plot != null && problem.at().length == 2) {
            PathPlot.write(objective, problem, results, plot);
            System.err.println("plot written to " + plot);
        } else if (plot != null) {
            ConvergencePlot.write(results, plot);
            System.err.println("plot written to " + plot);
        }
        if (convergence != null) {
            ConvergencePlot.write(results, convergence);
            System.err.println("plot written to " + convergence);
        }
    }

    private static String text(Problem problem, Conditions.ConstraintFunction conditions, Minimum result) {
        StringBuilder text = new StringBuilder(String.format("%n%s: %s (%s)%n", name(result.method()), name(result),
                result.message()));
        text.append(StepTable.of(result.steps(), conditions != null)).append('\n');
        for (int i = 0; i < result.x().length; i++) {
            text.append(String.format("%-16s%s%s%n", problem.variables().get(i), TextAnswer.number(result.x()[i]),
                    held(result, i)));
        }
        text.append(String.format("%-16s%s%n", "cost", TextAnswer.number(result.value())));
        for (int i = 0; i < result.multipliers().length; i++) {
            boolean violated = IntStream.of(result.violated()).anyMatch(List.of(i)::contains);
            text.append(String.format("%-16s%s   multiplier of %s%s%n", "lambda " + (i + 1),
                    TextAnswer.number(result.multipliers()[i]), conditions.texts().get(i),
                    violated ? "   VIOLATED" : ""));
        }
        if (result.isConverged()) {
            text.append(String.format("%-16s%s%n", "second order", secondOrder(result)));
        }
        return text.append(String.format("%-16s%s%n", "evaluations", result.evaluations())).toString();
    }

    /** The multiplier of a variable's bound, where it is not negligible. */
    private static String held(Minimum result, int i) {
        double[] multipliers = result.boundMultipliers();
        double largest = DoubleStream.concat(Arrays.stream(multipliers), Arrays.stream(result.gradient()))
                .map(Math::abs).max().orElse(0);
        boolean holds = multipliers.length > 0 && Math.abs(multipliers[i]) > TRACE * largest;
        return holds ? "   held by a bound, multiplier " + TextAnswer.number(multipliers[i]).strip() : "";
    }

    private static String secondOrder(Minimum result) {
        Inertia inertia = result.reducedInertia();
        if (inertia == null) {
            return "not looked at";
        }
        if (result.isSufficient()) {
            return "sufficient: the cost curves up in every direction that bounds and constraints leave open";
        }
        return inertia.negative() > 0
                ? "no minimum: the cost curves down in " + inertia.negative() + " directions"
                : "not decided: second derivatives are 0 in " + inertia.zero() + " directions";
    }

    private static String name(Minimum result) {
        return result.ending().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String json(Problem problem, Minimum result) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("method", result.method().name().toLowerCase(Locale.ROOT));
        answer.put("ending", result.ending().name().toLowerCase(Locale.ROOT));
        answer.put("converged", result.isConverged());
        answer.put("message", result.message());
        answer.put("variables", problem.variables());
        answer.put("x", result.x());
        answer.put("value", result.value());
        answer.put("gradient", result.gradient());
        answer.put("multipliers", result.multipliers());
        answer.put("boundMultipliers", result.boundMultipliers());
        answer.put("violated", result.violated());
        answer.put("sufficient", result.isSufficient());
        answer.put("inertia", inertia(result.reducedInertia()));
        Map<String, Object> evaluations = new LinkedHashMap<>();
        evaluations.put("values", result.evaluations().values());
        evaluations.put("gradients", result.evaluations().gradients());
        evaluations.put("hessians", result.evaluations().hessians());
        evaluations.put("products", result.evaluations().products());
        answer.put("evaluations", evaluations);
        answer.put("steps", result.steps().stream().map(MinimizeCommand::json).toList());
        return JSON.std.asString(answer);
    }

    /** The numbers of eigenvalues by sign; null where curvature was not looked at. */
    private static Map<String, Object> inertia(Inertia inertia) {
        if (inertia == null) {
            return null;
        }
        Map<String, Object> signs = new LinkedHashMap<>();
        signs.put("positive", inertia.positive());
        signs.put("zero", inertia.zero());
        signs.put("negative", inertia.negative());
        return signs;
    }

    static Map<String, Object> json(Step step) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("value", step.value());
        line.put("gradientNorm", step.gradientNorm());
        line.put("infeasibility", step.infeasibility());
        line.put("length", step.length());
        line.put("curvature", step.curvature());
        line.put("kind", JsonAnswer.name(step.kind()));
        line.put("linear", step.linear());
        line.put("quadratic", step.quadratic());
        line.put("actual", step.actual());
        line.put("ratio", step.ratio());
        line.put("x", step.point());
        return line;
    }
}
