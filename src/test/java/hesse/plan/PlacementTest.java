package hesse.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is read lies where it was put, though places are used again; before and after regions. */
class PlacementTest {
    private static final Op[] UNARY = {Op.SIN, Op.NEGATE, Op.SQUARE, Op.TANH};
    private static final Op[] BINARY = {Op.ADD, Op.MULTIPLY, Op.SUBTRACT};

    /** A body of random operations on numbers and arrays of 4, of the point, and of a column where there are rows. */
    private static Body body(long seed, Body.Over over) {
        Random random = new Random(seed);
        Graph g = new Graph();
        Node point = g.input(new Input(Input.Role.POINT, 0), Shape.of(9));
        List<Node> numbers = new ArrayList<>();
        List<Node> arrays = new ArrayList<>(List.of(g.view(point, 0, Shape.of(4)), g.view(point, 5, Shape.of(4))));
        for (int i = 0; i < 9; i++) {
            numbers.add(g.view(point, i, Shape.SCALAR));
        }
        if (over == Body.Over.ROWS) {
            numbers.add(g.input(new Input(Input.Role.COLUMN, 0), Shape.SCALAR));
            arrays.add(g.input(new Input(Input.Role.COLUMN, 1), Shape.of(4)));
        }
        for (int i = 0; i < 60; i++) {
            List<Node> kind = random.nextInt(4) == 0 ? arrays : numbers;
            Node a = kind.get(kind.size() - 1 - random.nextInt(Math.min(kind.size(), 8)));
            Node b = kind.get(random.nextInt(kind.size()));
            kind.add(random.nextBoolean() ? g.apply(UNARY[random.nextInt(UNARY.length)], a)
                    : g.apply(BINARY[random.nextInt(BINARY.length)], a, b));
            if (random.nextInt(6) == 0) {
                numbers.add(g.dot(arrays.getLast(), arrays.get(random.nextInt(arrays.size()))));
            }
            if (random.nextInt(6) == 0) {
                arrays.add(g.multiply(arrays.getLast(), numbers.getLast()));
            }
        }
        return new Body(g, point, g.add(g.sum(arrays.getLast()), numbers.getLast()), over);
    }

    @ParameterizedTest
    @EnumSource(Body.Over.class)
    void everyReadFindsItsValue(Body.Over over) {
        for (long seed = 0; seed < 40; seed++) {
            for (Derivative derivative : List.of(Derivative.VALUE, Derivative.GRADIENT, Derivative.HESSIAN)) {
                Steps program = derivative.steps(body(seed, over));
                Plan plan = Placement.of(program);
                int checked = check(plan, new HashMap<>());
                assertTrue(checked > 20, "operands: " + checked);
                boolean isOfPoint = over == Body.Over.NOTHING;
                Steps regions = isOfPoint ? Regions.ofPoint(program, 20) : Regions.ofRows(program, true, 20);
                assertNotNull(regions);
                Loop.Rate rate = isOfPoint ? Loop.Rate.POINT : Loop.Rate.ROW;
                check(Placement.behind(plan, regions, rate), new HashMap<>());
            }
        }
    }

    /** Runs a plan on values instead of numbers; how many operands were found where they should be. */
    private static int check(Plan plan, Map<Integer, Operand> arena) {
        Steps program = plan.program();
        program.constants().forEach(known -> put(plan, known.value(), known.entries().size(), arena));
        program.leaves().forEach(leaf -> put(plan, leaf.value(), leaf.size(), arena));
        int checked = 0;
        for (Loop loop : program.root().all().toList()) {
            for (PlanStep step : loop.steps()) {
                for (int k = 0; k < step.operands().length; k++) {
                    checked += find(plan, step.operand(k), arena);
                }
                for (int value : step.results()) {
                    put(plan, value, step.action() instanceof Action.Region ? 1 : step.count(), arena);
                }
            }
        }
        // what leaves is read when all steps have run
        program.read().forEach(read -> find(plan, read, arena));
        return checked;
    }

    private static int find(Plan plan, Operand operand, Map<Integer, Operand> arena) {
        assertEquals(operand, arena.get(plan.slot(operand)));
        return 1;
    }

    private static void put(Plan plan, int value, int size, Map<Integer, Operand> arena) {
        for (int i = 0; i < size; i++) {
            assertTrue(plan.slot(value) + i < plan.arenaSize());
            arena.put(plan.slot(value) + i, new Operand(value, i));
        }
    }
}
