package hesse.graph;

import java.util.Arrays;

/** Where an ASSEMBLE puts its operands: ascending offsets into the flat result. */
public record Offsets(int[] values) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Offsets offsets && Arrays.equals(values, offsets.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
