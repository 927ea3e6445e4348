package hesse.optimize;

import java.util.ArrayList;
import java.util.List;

/** Pairs of violation and cost that no later point may be worse than in both (Fletcher and Leyffer, Math. Program. 91, 2002). */
final class Filter {
    private record Corner(double violation, double cost) {}

    private final List<Corner> corners = new ArrayList<>();
    private double largest;

    void clear(double largestViolation) {
        corners.clear();
        largest = largestViolation;
    }

    boolean accepts(double violation, double cost) {
        return violation < largest && corners.stream().noneMatch(corner -> violation >= corner.violation && cost >= corner.cost);
    }

    void add(double violation, double cost) {
        corners.removeIf(corner -> corner.violation >= violation && corner.cost >= cost);
        corners.add(new Corner(violation, cost));
    }
}
