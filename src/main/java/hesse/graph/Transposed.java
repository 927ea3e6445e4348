package hesse.graph;

/** Which operands of a PRODUCT enter transposed. */
public record Transposed(boolean left, boolean right) {}
