package hesse.plan;

import hesse.graph.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program with a place in an arena for every value that is kept: what an executor runs. */
public final class Plan {
    /**
     * A leaf that changes with the row.
     *
     * @param slot where its first entry lies
     */
    public record PlacedLeaf(Input input, int slot, int width) {}

    private final Steps program;
    private final int arenaSize;
    private final int[] slots;
    private final List<Section> sections = new ArrayList<>();
    private final Section constant;
    private final Section shared;
    private final Section row;
    private final PlacedLeaf[] columns;
    private final long operations;
    private final int leaving;

    /**
     * @param slots by value where it lies, -1 where it is not kept
     * @param leaving how many numbers leave by outputs
     */
    Plan(Steps program, int arenaSize, int[] slots, Section root, int leaving) {
        this.program = Regions.mayServe(program) ? program : program.withoutSteps();
        this.operations = operations(program, root);
        this.arenaSize = arenaSize;
        this.leaving = leaving;
        this.slots = slots;
        collect(root, sections);
        this.constant = section(Loop.Rate.CONSTANT);
        this.shared = section(Loop.Rate.POINT);
        this.row = section(Loop.Rate.ROW);
        this.columns = program.columns().stream()
                .map(leaf -> new PlacedLeaf(leaf.input(), slots[leaf.value()], leaf.size()))
                .toArray(PlacedLeaf[]::new);
    }

    public Steps program() {
        return program;
    }

    public Layout layout() {
        return program.layout();
    }

    /** How many numbers the arena holds. */
    public int arenaSize() {
        return arenaSize;
    }

    /** The scalar operations that one evaluation executes, at one point or for one row. */
    public long operations() {
        return operations;
    }

    /** How many numbers leave by outputs in one evaluation, at one point or for one row. */
    public int leaving() {
        return leaving;
    }

    /** Where an operand lies. */
    public int slot(Operand operand) {
        return slots[operand.value()] + operand.offset();
    }

    /** Where a value lies. */
    public int slot(int value) {
        return slots[value];
    }

    /** The loop of a rate, with places; null where the program has none. */
    private Section section(Loop.Rate rate) {
        return sections.stream().filter(section -> section.rate() == rate).findFirst().orElse(null);
    }

    /** The outermost loop and all inside, the slower first. */
    public List<Section> sections() {
        return sections;
    }

    /** What runs once in the program's life. */
    public Section constant() {
        return constant;
    }

    /** What runs once a point. */
    public Section shared() {
        return shared;
    }

    /** The loop over rows; null where there are none. */
    public Section row() {
        return row;
    }

    /** What a row has. */
    public PlacedLeaf[] columns() {
        return columns;
    }

    /** Which of the columns lies at a slot as a whole, or -1; the point is none. */
    public int column(int slot, int width) {
        for (int k = 0; k < columns.length; k++) {
            boolean isPoint = columns[k].input.role() == Input.Role.POINT;
            if (columns[k].slot == slot && columns[k].width == width && !isPoint) {
                return k;
            }
        }
        return -1;
    }

    /** The numbers known when the program was built, by slot. */
    public Map<Integer, Double> known() {
        Map<Integer, Double> known = new HashMap<>();
        program.known().forEach((operand, number) -> known.put(slot(operand), number));
        return known;
    }

    /** An arena as it is before a call brings anything: zeros, and what is known. */
    public double[] image() {
        double[] image = new double[arenaSize];
        for (Steps.Known constant : program.constants()) {
            constant.entries().copyTo(image, slots[constant.value()]);
        }
        return image;
    }

    /** Whether it is evaluated at a point, without rows. */
    public boolean isOfPoint() {
        return program.over() == Body.Over.NOTHING;
    }

    private static long operations(Steps program, Section section) {
        long ofRows = program.spreads().stream().mapToLong(spread -> spread.form().width()).sum()
                + program.grams().stream().mapToLong(gram -> (long) gram.left().width() * gram.right().width()
                        / (gram.isSymmetric() ? 2 : 1)).sum()
                + program.outers().stream().mapToLong(outer -> (long) outer.rows() * outer.columns()).sum();
        return ofRows + ofLoops(section) - section.operations();
    }

    private static long ofLoops(Section section) {
        long once = section.operations();
        for (Section inside : section.children()) {
            once += ofLoops(inside);
        }
        return once * Math.max(1, section.count());
    }

    private static void collect(Section section, List<Section> all) {
        all.add(section);
        for (Section inside : section.children()) {
            collect(inside, all);
        }
    }
}
