package hesse.optimize;

/**
 * {@link Method#LBFGS}: quasi-Newton directions; a search for Wolfe's conditions without bounds, by backtracking within
 * them.
 */
final class Lbfgs implements LineMethod {
    private final Iterate at;
    private final InverseHessian inverse = new InverseHessian();
    private final LineSearch wolfe;

    Lbfgs(Iterate at) {
        this.at = at;
        this.wolfe = new LineSearch(at.run);
    }

    @Override
    public Iterate at() {
        return at;
    }

    @Override
    public boolean isScaleFree() {
        return true;
    }

    @Override
    public boolean polishes() {
        return true;
    }

    @Override
    public double direction(double[] d, Backtracking line) {
        System.arraycopy(at.g(), 0, d, 0, d.length);
        at.run.box().clearHeld(d, at.x(), at.g());
        double first = inverse.isEmpty() ? Math.min(1, 1 / Algebra.norm(d)) : 1;
        inverse.descend(d);
        at.run.box().clearHeld(d, at.x(), at.g());
        return first;
    }

    @Override
    public double steepest(double[] d, Backtracking line) {
        inverse.clear();
        return line.steepest(d);
    }

    @Override
    public double search(double[] d, double slope, double first, Backtracking line) {
        if (!at.run.box().isOpen) {
            return line.search(d, slope, first);
        }
        if (!wolfe.search(at.x(), d, at.value(), slope, first)) {
            return Backtracking.none(at, wolfe.sawFinite());
        }
        at.aim(wolfe.x());
        System.arraycopy(wolfe.g(), 0, at.nextG(), 0, d.length);
        return wolfe.value();
    }

    @Override
    public void moves() {
        inverse.add(at.x(), at.g(), at.next(), at.nextG());
    }

    @Override
    public void forget() {
        inverse.clear();
    }
}
