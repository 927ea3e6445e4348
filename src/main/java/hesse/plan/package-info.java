/**
 * Programs: which steps a derivative needs. A {@link hesse.plan.Derivative} of a {@link hesse.plan.Body} becomes
 * {@link hesse.plan.Steps} over values in a tree of loops, other steps of the same meaning ({@code Negations},
 * {@link hesse.plan.Regions}), and last a {@link hesse.plan.Plan} with places in an arena
 * ({@link hesse.plan.Placement}). Internal: called by {@code hesse.emit}, {@code hesse.tier}, {@code hesse.run} and
 * {@code hesse}. Programs and plans are immutable; building one locks its body's graph.
 */
package hesse.plan;
