package hesse.graph;

import java.util.Arrays;

/** The entries of a constant, compared by their bits. */
public final class Values {
    private final double[] entries;

    public Values(double... entries) {
        this.entries = entries;
    }

    public double get(int i) {
        return entries[i];
    }

    public int size() {
        return entries.length;
    }

    public void copyTo(double[] target, int offset) {
        System.arraycopy(entries, 0, target, offset, entries.length);
    }

    Values range(int from, int to) {
        return new Values(Arrays.copyOfRange(entries, from, to));
    }

    boolean allEqual(double value) {
        for (double entry : entries) {
            if (Double.doubleToLongBits(entry) != Double.doubleToLongBits(value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every entry is NaN or +0 at least. */
    boolean isNonNegative() {
        for (double entry : entries) {
            if (!(entry >= 0 && Double.doubleToRawLongBits(entry) >= 0 || entry != entry)) {
                return false;
            }
        }
        return true;
    }

    boolean hasInfinite() {
        for (double entry : entries) {
            if (Double.isInfinite(entry)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values values && Arrays.equals(entries, values.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }
}
