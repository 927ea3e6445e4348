package hesse.run;

import hesse.kernel.Tiles;
import hesse.plan.Layout;
import hesse.plan.Layout.Part;
import hesse.plan.Plan;
import hesse.plan.Section;
import hesse.plan.Steps;
import java.util.Arrays;
import java.util.List;

/** Turns the sum over all rows, as {@link PartialSum} lays it out, into the result that it stands for. */
final class SumResult {
    private final Layout layout;
    private final List<Section> sections;
    private final Steps.Spread[] spreads;
    private final Steps.WeightedGram[] grams;
    private final Steps.Outer[] outers;
    /** Where in the sum each spread's vector, each gram's matrix and each outer product's starts, and the end. */
    private final int[] start;
    /** Edge of the tiles of the result's symmetric matrix. */
    private final int tile;

    SumResult(Plan plan, Steps.Spread[] spreads, Steps.WeightedGram[] grams, Steps.Outer[] outers, int[] start) {
        this.layout = plan.layout();
        this.sections = plan.sections();
        this.spreads = spreads;
        this.grams = grams;
        this.outers = outers;
        this.start = start;
        this.tile = isSymmetric() ? Tiles.size(layout.rows()) : 0;
    }

    private boolean isSymmetric() {
        return layout.storage() == Layout.Storage.PACKED;
    }

    /** Whether a gram's tiles are tiles of the result: it is of the first parameters. */
    private static boolean isOfFirst(Steps.WeightedGram gram) {
        return gram.isSquare() && gram.left().from() == 0 && gram.left().stride() == 1;
    }

    /** Edge of the tiles in which a gram's sum is made. */
    static int tile(Steps.WeightedGram gram, Layout layout) {
        return Tiles.size(isOfFirst(gram) ? layout.rows() : gram.left().width());
    }

    /** Entries of the tiles of the result's symmetric matrix. */
    int tilesLength() {
        return isSymmetric() ? Tiles.length(layout.rows(), tile) : 0;
    }

    /**
     * The result that the sum over all rows stands for.
     *
     * @param result filled with all parts but a symmetric matrix
     * @param tiles filled with that, whole: diagonal tiles mirrored, padding zero
     */
    void finish(double[] sum, double[] result, double[] tiles) {
        Arrays.fill(result, 0);
        Arrays.fill(tiles, 0);
        for (int s = 0; s < sections.size(); s++) {
            for (int d = 0; d < Math.max(1, sections.get(s).count()); d++) {
                for (Section.Output output : sections.get(s).outputs()) {
                    finish(output, d, sum, result, tiles);
                }
            }
        }
        int k = 0;
        for (Steps.Spread spread : spreads) {
            finish(spread, sum, start[k++], result, tiles);
        }
        for (Steps.WeightedGram gram : grams) {
            finish(gram, sum, start[k++], tiles);
        }
        for (Steps.Outer outer : outers) {
            int target = outer.target();
            for (int from = start[k++]; from < start[k]; from++) {
                result[target++] += sum[from];
            }
        }
        if (isSymmetric()) {
            Tiles.finish(tiles, layout.rows(), tile);
        }
    }

    /** Copies the symmetric matrix of a finished sum, if there is one, to its lower triangle by rows. */
    void pack(double[] tiles, double[] packed, int from) {
        int k = from;
        for (int i = 0; isSymmetric() && i < layout.rows(); i++) {
            for (int j = 0; j <= i; j++) {
                packed[k++] = tiles[Tiles.index(i, j, tile)];
            }
        }
    }

    private void finish(Section.Output output, int direction, double[] sum, double[] result, double[] tiles) {
        int matrix = layout.from(Part.MATRIX);
        int place = output.place(direction);
        int length = output.length(direction);
        for (int i = 0; i < length; i++) {
            int entry = output.target(direction) + i * output.stride();
            if (!isSymmetric() || entry < matrix) {
                result[entry] += sum[place + i];
            } else {
                int row = row(entry - matrix);
                tiles[Tiles.index(row, entry - matrix - Layout.packedIndex(row, 0), tile)] += sum[place + i];
            }
        }
    }

    /** The row of an entry of a packed triangle: the root of row (row + 1)/2 = entry, rounding put right. */
    private static int row(int entry) {
        int row = (int) ((Math.sqrt(8.0 * entry + 1) - 1) / 2);
        return Layout.packedIndex(row, 0) > entry ? row - 1 : Layout.packedIndex(row + 1, 0) <= entry ? row + 1 : row;
    }

    private void finish(Steps.Spread spread, double[] sum, int from, double[] result, double[] tiles) {
        Steps.Form form = spread.form();
        for (int i = 0; i < form.width(); i++) {
            if (spread.parameter() < 0) {
                result[spread.target() + form.parameter(i)] += sum[from + i];
            } else {
                addCross(tiles, form.parameter(i), spread.parameter(), sum[from + i]);
            }
        }
    }

    private void finish(Steps.WeightedGram gram, double[] sum, int from, double[] tiles) {
        Steps.Form left = gram.left();
        Steps.Form right = gram.right();
        if (isOfFirst(gram)) {
            addLeading(left.width(), sum, from, tiles);
            return;
        }
        int edge = tile(gram, layout);
        for (int i = 0; i < left.width(); i++) {
            for (int j = 0; j < (gram.isSquare() ? i + 1 : right.width()); j++) {
                double value = sum[from + (gram.isSymmetric()
                        ? Tiles.index(Math.max(i, j), Math.min(i, j), edge) : i * right.width() + j)];
                if (gram.isSquare()) {
                    tiles[index(left.parameter(i), right.parameter(j))] += value;
                } else {
                    addCross(tiles, left.parameter(i), right.parameter(j), value);
                }
            }
        }
    }

    /** Adds the lower triangle of the first rows, in tiles of the same edge. */
    private void addLeading(int rows, double[] sum, int from, double[] tiles) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= i; j += tile) {
                int at = Tiles.index(i, j, tile);
                int end = at + Math.min(tile, i + 1 - j);
                for (int k = at; k < end; k++) {
                    tiles[k] += sum[from + k];
                }
            }
        }
    }

    /** Adds to (p, q) and to (q, p) of a symmetric matrix, of which the lower triangle is kept. */
    private void addCross(double[] tiles, int p, int q, double value) {
        tiles[index(p, q)] += p == q ? 2 * value : value;
    }

    private int index(int p, int q) {
        return Tiles.index(Math.max(p, q), Math.min(p, q), tile);
    }
}
