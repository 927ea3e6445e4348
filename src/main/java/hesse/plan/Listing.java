package hesse.plan;

import hesse.graph.Input;
import java.util.Locale;

/**
 * A program as text, for people: a line for every leaf and step, loops indented, and what leaves. %4[3] is value 4 of 3
 * entries where it is written, %4+1 its entries from 1 on where they are read.
 */
final class Listing {
    /** Entries of a constant array that are written. */
    private static final int MOST_ENTRIES = 4;

    private final Steps program;
    private final StringBuilder text = new StringBuilder();

    Listing(Steps program) {
        this.program = program;
    }

    String text() {
        for (Steps.Leaf leaf : program.leaves()) {
            boolean isColumn = leaf.input().role() == Input.Role.COLUMN;
            line("", "%" + leaf.value() + " = " + leaf.input().role().name().toLowerCase(Locale.ROOT)
                    + (isColumn ? " " + leaf.input().index() : "") + "[" + leaf.size() + "]");
        }
        for (Steps.Known known : program.constants()) {
            StringBuilder entries = new StringBuilder();
            int shown = Math.min(known.entries().size(), MOST_ENTRIES);
            for (int i = 0; i < shown; i++) {
                entries.append(' ').append(known.entries().get(i));
            }
            entries.append(shown < known.entries().size() ? " ... [" + known.entries().size() + "]" : "");
            line("", "%" + known.value() + " =" + entries);
        }
        loop(program.root(), "");
        for (Steps.Spread spread : program.spreads()) {
            line("", spread.parameter() < 0
                    ? "gradient += " + form(spread.form()) + " * " + spread.number()
                    : "hessian row " + spread.parameter() + " += " + form(spread.form()) + " * " + spread.number());
        }
        for (Steps.WeightedGram gram : program.grams()) {
            line("", "hessian += " + form(gram.left()) + "' * " + gram.number() + " * " + form(gram.right()));
        }
        for (Steps.Outer outer : program.outers()) {
            line("", "result[" + outer.target() + "..] += " + outer.left() + "[" + outer.rows()
                    + "]' * " + outer.right()
                    + "[" + outer.columns() + "]");
        }
        return text.toString();
    }

    private void line(String indent, String line) {
        text.append(indent).append(line).append('\n');
    }

    private static String form(Steps.Form form) {
        return "column " + form.column() + " of parameters " + form.from()
                + (form.stride() == 1 ? "" : " by " + form.stride());
    }

    private void loop(Loop loop, String indent) {
        boolean says = !loop.steps().isEmpty() || !loop.leaving().isEmpty();
        String inside = says ? indent + "  " : indent;
        if (says) {
            line(indent, "each " + loop.rate().name().toLowerCase(Locale.ROOT)
                    + (loop.count() > 1 ? ", " + loop.count() + " times" : "") + ":");
        }
        for (PlanStep step : loop.steps()) {
            line(inside, step.toString());
            if (step.action() instanceof Action.Region region) {
                region.steps().forEach(part -> line(inside + "  ", part.toString()));
            }
        }
        for (Loop.Leaving leaving : loop.leaving()) {
            boolean one = leaving.length() == 1;
            line(inside, "result[" + leaving.target() + (one ? "" : "..")
                    + (one || leaving.stride() == 1 ? "" : " by " + leaving.stride())
                    + "] <- " + leaving.source() + (one ? "" : "[" + leaving.length() + "]")
                    + (leaving.step() == 0 ? "" : leaving.step() == Loop.TRIANGLE ? ", the row of a triangle"
                    : ", then " + leaving.step() + " further"));
        }
        loop.children().forEach(child -> loop(child, inside));
    }
}
