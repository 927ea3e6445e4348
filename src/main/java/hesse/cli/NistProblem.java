package hesse.cli;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Row;
import hesse.Rows;
import hesse.VectorFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A nonlinear regression problem in the format of NIST's Statistical Reference Datasets.
 *
 * @param n the number of parameters b1, b2, ...
 * @param model the response as a formula of the parameters and the data columns
 * @param logarithmic whether the model is for log y
 * @param columns the data by name: y first
 * @param table by column of the file's table a vector: start 1, start 2, certified parameters, their standard
 *     deviations
 * @param certifiedSum the residual sum of squares
 */
record NistProblem(String name, int n, String model, boolean logarithmic, Map<String, double[]> columns,
        double[][] table, double certifiedSum) {
    /** Columns of the table. */
    static final int CERTIFIED = 2;
    static final int DEVIATIONS = 3;
    private static final Pattern SUM = Pattern.compile("Residual Sum of Squares:\\s+(\\S+)");

    private static final Pattern DATA_LINES = Pattern.compile("Data\\s+\\(lines\\s+(\\d+)\\s+to\\s+(\\d+)\\)");
    private static final Pattern MODEL =
            Pattern.compile("(?is)\\n[^\\n]*?(\\d+) Parameters[^\\n]*\\n(.*?)\\n\\s*Starting values");

    /**
     * Reads a file's text.
     *
     * @throws IllegalArgumentException where it is in another format
     */
    static NistProblem parse(String name, String text) {
        try {
            return read(name, text);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException(name + ": not in the format of NIST's StRD: " + e.getMessage(), e);
        }
    }

    private static NistProblem read(String name, String text) {
        Matcher model = MODEL.matcher(text);
        Matcher data = DATA_LINES.matcher(text);
        if (!model.find() || !data.find()) {
            throw new IllegalArgumentException(name
                    + ": not in the format of NIST's StRD: no parameters, model or data lines");
        }
        String formula = formula(model.group(2));
        String[] sides = formula.split("=", 2);
        List<String> lines = text.lines().toList();
        int first = Integer.parseInt(data.group(1)) - 1;
        List<String> rows = lines.subList(first, Math.min(lines.size(), Integer.parseInt(data.group(2))));
        int n = Integer.parseInt(model.group(1));
        Matcher sum = SUM.matcher(text);
        return new NistProblem(name, n, sides[1], sides[0].contains("log"), columns(lines.get(first - 1), rows),
                table(text, n), sum.find() ? Double.parseDouble(sum.group(1)) : Double.NaN);
    }

    /**
     * The file's table: by column a vector of n entries, read from lines such as "b1 = 500 250 2.3894212918E+02
     * 2.7070075241E+00".
     */
    private static double[][] table(String text, int n) {
        double[][] table = new double[DEVIATIONS + 1][n];
        for (int i = 0; i < n; i++) {
            Matcher line = Pattern.compile("(?m)^\\s*b" + (i + 1) + "\\s*=\\s*(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)")
                    .matcher(text);
            for (int c = 0; line.find(0) && c < table.length; c++) {
                table[c][i] = Double.parseDouble(line.group(c + 1));
            }
        }
        return table;
    }

    /** From NIST's notation to that of {@link Formula}, without the error term. */
    private static String formula(String text) {
        StringBuilder joined = new StringBuilder();
        for (String line : text.split("\n")) {
            joined.append(line.strip().startsWith("pi") ? "" : line.strip() + " ");
        }
        return joined.toString().replace('[', '(').replace(']', ')').replace("**", "^").replace("arctan", "atan")
                .replaceFirst("\\+\\s*e\\s*$", "").strip();
    }

    private static Map<String, double[]> columns(String header, List<String> rows) {
        String[] names = header.replace("Data:", "").strip().split("\\s+");
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (int c = 0; c < names.length; c++) {
            int column = c;
            columns.put(names[c],
                    rows.stream().mapToDouble(row -> Double.parseDouble(row.strip().split("\\s+")[column])).toArray());
        }
        return columns;
    }

    Rows rows() {
        Rows rows = Rows.of(columns.get("y").length);
        for (Map.Entry<String, double[]> column : columns.entrySet()) {
            rows = rows.column(column.getKey(), column.getValue());
        }
        return rows;
    }

    /** The residual of each row, response minus model. */
    VectorFunction residuals() {
        Formula formula = Formula.parse(model);
        return VectorFunction.perRow(n, rows(), (b, row) -> residual(formula, b, row));
    }

    /** The residual sum of squares. */
    Objective sumOfSquares() {
        Formula formula = Formula.parse(model);
        return Objective.sum(n, rows(), (b, row) -> residual(formula, b, row).square());
    }

    private Expr residual(Formula formula, Expr b, Row row) {
        List<String> parameters = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            parameters.add("b" + i);
        }
        Map<String, Expr> names = Problem.names(parameters, b);
        columns.keySet().forEach(column -> names.put(column, row.get(column)));
        Expr y = row.get("y");
        return (logarithmic ? Functions.log(y) : y).minus(formula.build(names));
    }
}
