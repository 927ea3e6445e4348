package hesse.cli;

import hesse.optimize.Step;
import java.util.List;
import java.util.Locale;

/**
 * The steps of a run as a table: beside each cost what the gradient and the quadratic model predicted, and what
 * happened.
 */
final class StepTable {
    private static final int SHOWN = 12;

    private StepTable() {}

    static String of(List<Step> steps, boolean constrained) {
        StringBuilder text = new StringBuilder(String.format("%5s %15s %10s %10s%s %19s %13s %13s %13s %8s%n",
                "step", "cost", "gradient", "length", constrained ? "  violation" : "", "curvature along",
                "by gradient", "by quadratic", "actual", "ratio"));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.size() > 2 * SHOWN && i == SHOWN) {
                text.append("  ... ").append(steps.size() - 2 * SHOWN).append(" more\n");
                i = steps.size() - SHOWN;
            }
            text.append(line(steps.get(i), constrained));
        }
        return text.toString();
    }

    private static String line(Step step, boolean constrained) {
        String curvature = Double.isNaN(step.curvature()) ? "-"
                : String.format(Locale.ROOT, "%.3g %s", step.curvature(), JsonAnswer.name(step.kind()));
        return String.format(Locale.ROOT, "%5d %15.8g %10.2e %10.2e%s %19s %13.5g %13s %13.5g %8s%n",
                step.iteration(), step.value(), step.gradientNorm(), step.length(),
                constrained ? String.format(Locale.ROOT, " %10.2e", step.infeasibility()) : "",
                curvature, step.linear(), number(step.quadratic()), step.actual(),
                Double.isFinite(step.ratio()) ? String.format(Locale.ROOT, "%.3f", step.ratio()) : "-");
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.5g", value);
    }
}
