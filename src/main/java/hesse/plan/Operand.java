package hesse.plan;

/** Entries of a value from an offset on. */
public record Operand(int value, int offset) {
    @Override
    public String toString() {
        return "%" + value + (offset == 0 ? "" : "+" + offset);
    }
}
