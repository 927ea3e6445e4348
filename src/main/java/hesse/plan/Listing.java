package hesse.plan;

import java.util.Locale;

/** A program as text, for people: a line for every leaf and step, loops indented, and what leaves. */
final class Listing {
    private final Steps program;
    private final StringBuilder text = new StringBuilder();

    Listing(Steps program) {
        this.program = program;
    }

    String text() {
        for (Steps.Leaf leaf : program.leaves()) {
            line("", "%" + leaf.value() + " = " + leaf.input().role().name().toLowerCase(Locale.ROOT)
                    + (leaf.input().index() > 0 ? " " + leaf.input().index() : "") + "[" + leaf.size() + "]");
        }
        for (Steps.Known known : program.constants()) {
            StringBuilder entries = new StringBuilder();
            for (int i = 0; i < known.entries().size(); i++) {
                entries.append(' ').append(known.entries().get(i));
            }
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
