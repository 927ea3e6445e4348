package hesse.run;

import hesse.tier.Window;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Rows as the engine reads them: columns by index, each row-major. */
public sealed interface RowData {
    /**
     * Doubles of a record at most: the least number of rows that pass through a plan at once are to fit into an array.
     */
    int WIDEST = (Integer.MAX_VALUE - 8) / Stage.ACCUMULATORS;

    /** How many rows. */
    int count();

    /** How many numbers of each row {@link #open} copies to a buffer. */
    int buffered();

    /**
     * Before and after an evaluation.
     *
     * @throws UncheckedIOException where a file no longer holds all rows
     */
    void require();

    /** Makes {@code count} rows of the window's data columns readable there. */
    void open(int row, int count, Window window);

    /**
     * Columns in arrays.
     *
     * @param from the first row, so that slices share the arrays
     */
    record Arrays(int count, int from, double[][] columns, int[] widths) implements RowData {
        @Override
        public int buffered() {
            return 0;
        }

        @Override
        public void require() {}

        @Override
        public void open(int row, int count, Window window) {
            for (int k = 0; k < window.columns(); k++) {
                int column = window.index(k);
                if (column >= 0) {
                    window.set(k, columns[column], (from + row) * widths[column]);
                }
            }
        }
    }

    /**
     * Some columns in arrays, the others the fields of records of little-endian doubles in a mapped file.
     *
     * @param columns null for a field
     * @param offsets of each column, if it is a field, its first double in a record
     * @param record doubles of a record
     */
    record Records(int count, int from, double[][] columns, int[] widths, MappedFile file, int[] offsets, int record)
            implements RowData {
        private static final ValueLayout.OfDouble LITTLE_ENDIAN =
                ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

        /** Doubles of a record from which only the fields that are read are copied. */
        private static final int WIDE = 1 << 16;

        @Override
        public int buffered() {
            return record;
        }

        @Override
        public void require() {
            file.require();
        }

        @Override
        public void open(int row, int count, Window window) {
            try {
                copy(row, count, window);
            } catch (InternalError e) { // how a read of a page that is no longer there ends
                file.require();
                throw e;
            }
        }

        private void copy(int row, int count, Window window) {
            MemorySegment segment = file.segment();
            boolean isWide = record > WIDE;
            double[] records = window.buffer(window.columns(), isWide ? 0 : count * record);
            if (!isWide) {
                MemorySegment.copy(segment, LITTLE_ENDIAN, 8L * record * (from + row), records, 0, count * record);
            }
            for (int k = 0; k < window.columns(); k++) {
                int column = window.index(k);
                if (column >= 0 && columns[column] != null) {
                    window.set(k, columns[column], (from + row) * widths[column]);
                } else if (column >= 0 && isWide) {
                    double[] field = window.buffer(k, count * widths[column]);
                    for (int r = 0; r < count; r++) {
                        long first = (long) record * (from + row + r) + offsets[column];
                        MemorySegment.copy(segment, LITTLE_ENDIAN, 8 * first, field, r * widths[column],
                                widths[column]);
                    }
                    window.set(k, field, 0);
                } else if (column >= 0 && widths[column] == record) {
                    window.set(k, records, 0);
                } else if (column >= 0) {
                    window.set(k, field(records, offsets[column], widths[column], count,
                            window.buffer(k, count * widths[column])), 0);
                }
            }
        }

        private double[] field(double[] records, int offset, int width, int count, double[] out) {
            for (int r = 0; r < count; r++) {
                int from = r * record + offset;
                if (width < 8) {
                    for (int i = 0; i < width; i++) {
                        out[r * width + i] = records[from + i];
                    }
                } else {
                    System.arraycopy(records, from, out, r * width, width);
                }
            }
            return out;
        }
    }
}
