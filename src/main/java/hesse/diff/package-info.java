/**
 * Derivatives as graphs: forward mode, reverse mode, the symbolic Hessian, each a map from nodes to new nodes of the
 * same graph. Internal: called by {@code hesse.plan}. No recursion, no state beyond a call.
 */
package hesse.diff;
