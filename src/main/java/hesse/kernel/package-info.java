/**
 * Dense products and block arithmetic; with its sub-packages the only place that may import
 * {@code jdk.incubator.vector}. Internal: called by {@code hesse.run}, {@code hesse.matrix} and
 * {@code hesse.kernel.factor}.
 *
 * <p>Twins: a kernel {@code X} is three classes. {@code XScalar} is the reference, written to be read; {@code XLanes}
 * has the same methods on vectors and gives the same bits; {@code X} chooses by {@link hesse.kernel.machine.Vectors},
 * splits large work over threads, and is all that other packages see. In {@code hesse.kernel.function} the reference
 * {@code X} is public itself, since a function of a number is called as one, and
 * {@link hesse.kernel.function.ArrayFunctions} chooses for them. Three classes stand alone:
 * {@link hesse.kernel.RegisterTile} is what products by {@code Lanes} share, {@link hesse.kernel.Transpose} only moves
 * numbers, and {@link hesse.kernel.Arithmetic} serves programs on vectors alone, its reference being the operations'
 * scalar values.
 *
 * <p>Everything is static. The only state is a thread's own packing space, {@link hesse.kernel.machine.PackBuffers},
 * which grows to the largest call and stays, so that warm kernels allocate nothing. Any thread may call any kernel; a
 * kernel that fills a buffer of its thread calls no other that fills the same.
 */
package hesse.kernel;
