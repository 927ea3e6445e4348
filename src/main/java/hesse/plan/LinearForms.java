package hesse.plan;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The linear forms z = A x through which the body of a row sees the point x, besides single parameters: products of a
 * whole data column with consecutive parameters. For a sum f of phi(z, x, row) over rows
 *
 * <pre>  gradient = sum A' dphi/dz + dphi/dx,   Hessian = sum A' d2phi/dz2 A + ...  </pre>
 *
 * so derivatives are taken by the few forms, and the wide columns enter by matrix products only.
 *
 * @param products the nodes whose entries are forms
 * @param forms of each product
 */
record LinearForms(List<Node> products, List<OfColumn[]> forms) {
    /** Columns of fewer numbers are cheaper as scalars. */
    private static final int FROM = 6;

    /** z = sum over i of column[i] x[from + i stride]; the column is an input node of {@code width} entries. */
    record OfColumn(Node column, int from, int stride) {
        int width() {
            return column.size();
        }
    }

    /** The forms of a body; none where it has no rows. */
    static LinearForms of(Body body) {
        LinearForms linear = new LinearForms(new ArrayList<>(), new ArrayList<>());
        if (!body.perRow()) {
            return linear;
        }
        boolean[] needed = new boolean[body.root().id() + 1];
        needed[body.root().id()] = true;
        for (int id = body.root().id(); id >= 0; id--) {
            if (needed[id]) {
                Node node = body.graph().node(id);
                OfColumn[] forms = node.operation() instanceof Operation.Product p ? forms(body, node, p) : null;
                if (forms == null) {
                    for (Node arg : node.args()) {
                        needed[arg.id()] = true;
                    }
                } else {
                    linear.products.add(node);
                    linear.forms.add(forms);
                }
            }
        }
        return linear;
    }

    /** The nodes by which a body is to be differentiated: the products, then the point. */
    Node[] leaves(Body body) {
        List<Node> leaves = new ArrayList<>(products);
        leaves.add(body.point());
        return leaves.toArray(Node[]::new);
    }

    /** All forms in the order of the products' entries, with the columns of another graph. */
    List<OfColumn> in(Graph g) {
        return forms.stream().flatMap(Arrays::stream)
                .map(form -> new OfColumn(g.copy(form.column, form.column.args()), form.from, form.stride)).toList();
    }

    private static OfColumn[] forms(Body body, Node product, Operation.Product p) {
        boolean left = column(product.arg(0)) != null;
        Node column = column(product.arg(left ? 0 : 1));
        Node parameters = product.arg(left ? 1 : 0);
        Node owner = parameters.owner();
        int width = column == null ? 0 : column.size();
        if (owner != body.point() || width < FROM || product.size() * width != parameters.size()) {
            return null;
        }
        int from = parameters.offsetInOwner();
        boolean together = left ? p.rightTransposed() : !p.leftTransposed();
        int count = product.size();
        OfColumn[] forms = new OfColumn[count];
        for (int i = 0; i < count; i++) {
            forms[i] = together ? new OfColumn(column, from + i * width, 1) : new OfColumn(column, from + i, count);
        }
        return forms;
    }

    /** The data column that an operand is as a whole, or null. */
    private static Node column(Node operand) {
        Node owner = operand.owner();
        boolean whole = owner.operation() instanceof Input(Input.Role kind, int _) && kind == Input.Role.COLUMN;
        return whole && owner.size() == operand.size() ? owner : null;
    }
}
