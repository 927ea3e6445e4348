package hesse.tier;

import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Pool;
import hesse.plan.Plan;
import java.util.Arrays;

/**
 * What one thread of a call works on: the arena of a point, the window on rows, and an arena of blocks while it needs
 * one.
 */
public final class Frame {
    /** Arenas of blocks that no call has: of all programs, since each is large. */
    private static final Pool<double[]> BLOCKS = new Pool<>();

    private final Window window;
    /** Numbers by slot, those of a row among them; grows for a plan by regions. */
    private double[] arena;
    /** The blocks; null until they are asked for. */
    private double[] blocks;
    /** What the reference tier hands over at a point. */
    final PointResults results = new PointResults();
    private Ports ports = new Ports(0);

    /** @param image the arena as it is before a point is known */
    public Frame(Plan plan, double[] image) {
        this.arena = image.clone();
        this.window = new Window(plan);
    }

    /** The rows that are read. */
    public Window window() {
        return window;
    }

    /** Numbers by slot. */
    public double[] arena() {
        return arena;
    }

    double[] arena(int length) {
        return arena.length < length ? arena = Arrays.copyOf(arena, length) : arena;
    }

    /** An arena of blocks from {@link CacheLines#LEAD} on, so that no vector straddles two cache lines. */
    double[] blocks(int length) {
        if (blocks == null) {
            blocks = BLOCKS.take();
        }
        if (blocks == null || blocks.length < length) {
            blocks = new double[Math.max(length, CacheLines.OF_ITS_OWN)];
        }
        return blocks;
    }

    Ports ports(int count) {
        return ports.at.length < count ? ports = new Ports(count) : ports;
    }

    /** Lets go of the caller's arrays, and of what calls of other programs can use. */
    public void release() {
        window.release();
        ports.release();
        if (blocks != null) {
            BLOCKS.give(blocks);
            blocks = null;
        }
    }
}
