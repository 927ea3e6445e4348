package hesse.optimize;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of violation and cost that no later point may be worse than in both (Fletcher and Leyffer, Math. Program. 91,
 * 2002).
 */
final class Filter {
    private record Corner(double violation, double cost) {}

    /** The part of its violation by which a later point shall be better. */
    static final double MARGIN = 1e-5;

    private final List<Corner> corners = new ArrayList<>();
    private double largest;

    /** Forgets all points; later ones shall have less than a violation. */
    void clear(double largestViolation) {
        corners.clear();
        largest = largestViolation;
    }

    boolean accepts(double violation, double cost) {
        return violation < largest && corners.stream()
                .noneMatch(corner -> violation >= corner.violation && cost >= corner.cost);
    }

    /** Later points shall be better than this one by a margin, in violation or in cost. */
    void leave(double violation, double cost) {
        Corner next = new Corner((1 - MARGIN) * violation, cost - MARGIN * violation);
        corners.removeIf(corner -> corner.violation >= next.violation && corner.cost >= next.cost);
        corners.add(next);
    }
}
