package hesse.matrix;

import java.util.Locale;

/** Matrices as text: six significant digits in aligned columns. */
final class MatrixText {
    private static final int SHOWN = 12;

    private MatrixText() {}

    interface Entries {
        double get(int i, int j);
    }

    static String of(int rows, int columns, Entries entries) {
        StringBuilder text = new StringBuilder(rows + " x " + columns);
        for (int i = 0; i < Math.min(rows, SHOWN); i++) {
            text.append('\n');
            for (int j = 0; j < Math.min(columns, SHOWN); j++) {
                text.append(String.format(Locale.ROOT, "%14.6g", entries.get(i, j)));
            }
            text.append(columns > SHOWN ? " ..." : "");
        }
        return text.append(rows > SHOWN ? "\n..." : "").toString();
    }
}
