/**
 * The graph: hash-consed, simplified, array-valued nodes in topological order, and the table of operations with value
 * and derivative rules. Internal: built by tracing ({@code hesse}) and extended by {@code hesse.diff}. Nodes are
 * immutable; a {@link hesse.graph.Graph} is used by one thread at a time.
 */
package hesse.graph;
