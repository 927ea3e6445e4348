package hesse.run;

import hesse.emit.Fragment;
import hesse.kernel.machine.Vectors;
import hesse.plan.Loop.Rate;
import hesse.plan.Plan;
import hesse.plan.Section;
import hesse.plan.Steps;
import hesse.tier.BlockTier;
import hesse.tier.Executor;
import hesse.tier.PointTier;
import java.util.List;
import java.util.Locale;

/** What a call of an engine executes and by which code, in lines for a person. */
final class Explanation {
    private final Plan plan;
    private final Tiers tiers;
    private final Mode mode;
    private final StringBuilder text = new StringBuilder();

    private Explanation(Plan plan, Tiers tiers, Mode mode) {
        this.plan = plan;
        this.tiers = tiers;
        this.mode = mode;
    }

    /** @param seconds how long preparing took; 0 where it was not asked */
    static String of(Plan plan, Tiers tiers, Mode mode, double seconds) {
        Explanation explanation = new Explanation(plan, tiers, mode);
        explanation.program();
        explanation.code();
        if (seconds > 0) {
            explanation.line("prepared", String.format(Locale.ROOT, "in %.1f s", seconds));
        }
        return explanation.text.toString();
    }

    private void line(String what, String said) {
        text.append("    ").append(what).append(" ".repeat(12 - what.length())).append(said).append('\n');
    }

    private void program() {
        Steps program = plan.program();
        int directions = program.directions();
        line("operations", operations(Rate.POINT) + " once, " + operations(Rate.ROW) + " each row"
                + (directions == 0 ? "" : ", " + operations(Rate.DIRECTION) + " for each of " + directions
                + " directions") + "; arena of " + plan.arenaSize() + " numbers");
        for (Steps.Spread spread : program.spreads()) {
            line("adds", "column " + spread.form().column() + " (" + spread.form().width()
                    + " numbers) times a number of the row");
        }
        for (Steps.WeightedGram gram : program.grams()) {
            line("adds", "weighted Gram product of columns " + gram.left().column() + " and "
                    + gram.right().column() + ", "
                    + gram.left().width() + " x " + gram.right().width());
        }
        for (Steps.Outer outer : program.outers()) {
            line("adds", "outer product of vectors of the row, " + outer.rows() + " x " + outer.columns());
        }
    }

    private long operations(Rate rate) {
        return plan.sections().stream().filter(section -> section.rate() == rate).mapToLong(Section::operations).sum();
    }

    private void code() {
        if (plan.isOfPoint()) {
            PointTier point = tiers.point(mode) instanceof PointTier compiled ? compiled : null;
            line("runs", point == null ? "step by step (tier scalar)"
                    : (point.isWhole() ? "as one compiled method" : "as compiled methods") + " (tier fused)");
            list(point == null ? List.of() : point.fragments());
            return;
        }
        BlockTier blocks = executor() instanceof BlockTier tier ? tier : null;
        boolean isPlain = blocks == null || blocks.plan() == plan;
        String why = Vectors.on() && tiers.isByBlocks() || mode == Mode.SCALAR ? "" : ": " + Vectors.REASON;
        line("runs", (blocks == null ? "row by row (tier scalar)" : "by blocks of " + blocks.rows() + " rows in "
                + blocks.length() / 128 + " KB (tier " + (isPlain ? "lanes" : "fused") + ")") + why);
        list(isPlain ? List.of() : blocks.fragments());
    }

    private Executor executor() {
        boolean isScalar = mode == Mode.SCALAR || mode != Mode.AUTO && !tiers.isByBlocks();
        return isScalar ? tiers.reference(mode) : mode == Mode.AUTO ? tiers.best() : mode == Mode.LANES ? tiers.lanes()
                : tiers.fused();
    }

    private void list(List<Fragment> fragments) {
        fragments.forEach(fragment -> text.append(fragment.listing("        ")));
    }
}
