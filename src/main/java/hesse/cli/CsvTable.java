package hesse.cli;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table of CSV: RFC 4180 with its quotes; separated by commas, semicolons, tabs or bars, whichever fits the file best
 * or a first line {@code sep=;} names; lines that start with # are comments. Decimal commas are read as numbers where
 * the separator is no comma.
 */
final class CsvTable {
    private static final char[] SEPARATORS = {'\t', ';', ',', '|'};
    /** Characters from which the separator is guessed. */
    private static final int SNIFFED = 1 << 14;
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=(.)\"?[ \\t]*(?:\\r\\n|\\r|\\n|$)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[^.,]*,[^.,]*");
    private static final Pattern EXCEL_ERROR =
            Pattern.compile("(?:N/A|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|NULL!)\\s*(?:[;,|\\t]|$)");
    /** A line that is added at the end of the text: where a quote is never closed it becomes part of a cell. */
    private static final String END = "\u0003end of the table\u0003";

    private static final String UNCLOSED = "a quote is opened and never closed";

    private final String name;
    private final String text;
    private final char separator;
    /** Lines of the file before the text, for line numbers in messages. */
    private final long before;
    private final List<String> header;
    private final long headerLine;
    /** By decimal mark, point or comma, the first number that has it and its line: a file with both is refused. */
    private final Map<Character, String> decimals = new LinkedHashMap<>();

    /** Lines that hold no number where one is needed. */
    private final List<Long> missing = new ArrayList<>();

    private CsvTable(String name, String text, char separator, long before) {
        this.name = name;
        this.text = text + "\n" + END;
        this.separator = separator;
        this.before = before;
        CsvRow first;
        try {
            first = records(this.text, separator, before).next();
        } catch (CsvParseException e) {
            throw refused(e);
        }
        if (first.cells.getFirst().equals(END)) {
            throw new IllegalArgumentException(name + ": nothing in it, expected a header of column names and rows");
        }
        header = first.cells.stream().map(CsvTable::clean).toList();
        headerLine = first.line;
        if (header.getLast().endsWith(END)) {
            throw refused(headerLine, UNCLOSED);
        }
    }

    /**
     * Reads the header of a table.
     *
     * @param name what messages call the file
     * @throws IllegalArgumentException where there is none, or it names two columns alike
     */
    static CsvTable of(String name, String text) {
        Matcher said = SEPARATOR_LINE.matcher(text);
        boolean isSaid = said.lookingAt();
        String rest = isSaid ? text.substring(said.end()) : text;
        CsvTable table = new CsvTable(name, rest, isSaid ? said.group(1).charAt(0) : sniffed(rest), isSaid ? 1 : 0);
        Set<String> seen = new HashSet<>();
        for (String column : table.header) {
            if (!column.isEmpty() && !seen.add(column)) {
                throw table.refused(table.headerLine, "two columns are called " + column);
            }
        }
        if (!seen.isEmpty() && seen.stream().allMatch(column -> table.decimal(column) != null)) {
            throw table.refused(table.headerLine, "expected a header of column names, found numbers"
                    + (table.headerLine > 1 ? " (lines that start with # are comments)" : ""));
        }
        return table;
    }

    /** Names of the columns; empty where one has none. */
    List<String> header() {
        return header;
    }

    /** The separator that gives the most rows with as many cells as the header, and the most cells that are numbers. */
    private static char sniffed(String text) {
        String head = text.length() <= SNIFFED ? text : text.substring(0, text.lastIndexOf('\n', SNIFFED) + 1);
        char best = ',';
        double most = 0;
        for (char separator : SEPARATORS) {
            int rows = 0;
            int even = 0;
            double numbers = 0;
            int width = 0;
            try {
                CsvTable sample = new CsvTable("", head, separator, 0);
                width = sample.header.size();
                Iterator<CsvRow> records = records(head, separator, 0);
                records.next();
                for (; records.hasNext(); rows++) {
                    List<String> row = records.next().cells;
                    even += row.size() == width ? 1 : 0;
                    numbers += row.stream().filter(sample::isCell).count() / (double) row.size();
                }
            } catch (CsvParseException | IllegalArgumentException e) {
                // this separator does not fit; the error is thrown when the table is read by the one that is chosen
            }
            double score = width < 2 ? 0 : rows == 0 ? 1 : 1 + (even + numbers) / rows;
            if (score > most) {
                most = score;
                best = separator;
            }
        }
        return best;
    }

    private boolean isCell(String cell) {
        return decimal(clean(cell)) != null;
    }

    /** A row and the line at which it starts; quoted cells may hold line breaks. */
    private record CsvRow(long line, List<String> cells) {}

    /**
     * The rows without comments. A line that starts with one of Excel's error values, such as #N/A, is a row, not a
     * comment.
     */
    private static Iterator<CsvRow> records(String text, char separator, long before) {
        CsvReader.CsvReaderBuilder reader = CsvReader.builder().fieldSeparator(separator)
                .trimWhitespacesAroundQuotes(true).allowExtraFields(true).allowMissingFields(true);
        return reader.commentStrategy(CommentStrategy.READ).ofCsvRecord(text).stream()
                .filter(record -> !record.isComment() || EXCEL_ERROR.matcher(record.getField(0)).lookingAt())
                .map(record -> new CsvRow(record.getStartingLineNumber() + before, cells(reader, record)))
                .iterator();
    }

    private static List<String> cells(CsvReader.CsvReaderBuilder reader, CsvRecord record) {
        return record.isComment()
                ? reader.commentStrategy(CommentStrategy.NONE).ofSingleCsvRecord("#" + record.getField(0)).getFields()
                : record.getFields();
    }

    private IllegalArgumentException refused(CsvParseException e) {
        Matcher line = Pattern.compile("line (\\d+)").matcher(e.getMessage());
        String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        return refused(line.find() ? Long.parseLong(line.group(1)) + before : 0, reason);
    }

    /**
     * The numbers of the named columns; other columns may hold any text.
     *
     * @param drop whether rows without a number in a named column are left out, which {@code told} gets a line about;
     *     else they are refused
     */
    Map<String, double[]> columns(Set<String> names, boolean drop, Consumer<String> told) {
        List<Integer> places = names.stream().map(header::indexOf).toList();
        List<double[]> rows = new ArrayList<>();
        try {
            Iterator<CsvRow> records = records(text, separator, before);
            records.next();
            while (records.hasNext()) {
                CsvRow entries = records.next();
                boolean blank = entries.cells.size() == 1 && clean(entries.cells.getFirst()).isEmpty()
                        && header.size() > 1;
                double[] row = blank || entries.cells.getFirst().equals(END) ? null : row(entries, places);
                if (row != null) {
                    rows.add(row);
                }
            }
        } catch (CsvParseException e) {
            throw refused(e);
        }
        if (!missing.isEmpty()) {
            String where = missing.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "))
                    + (missing.size() > 10 ? " and " + (missing.size() - 10) + " more" : "");
            String what = (missing.size() == 1 ? "1 row without a number in a column that is used, line "
                    : missing.size() + " rows without a number in a column that is used, lines ") + where;
            if (!drop) {
                throw new IllegalArgumentException(name + ": " + what + "; --missing drop leaves such rows out");
            }
            told.accept(name + ": left out " + what);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(name + ": no rows"
                    + (missing.isEmpty() ? " below the header" : " are left"));
        }
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (String column : names) {
            int c = columns.size();
            columns.put(column, rows.stream().mapToDouble(row -> row[c]).toArray());
        }
        return columns;
    }

    /** The numbers of a record; null where one is missing. */
    private double[] row(CsvRow entries, List<Integer> places) {
        if (entries.cells.getLast().endsWith(END)) {
            throw refused(entries.line, UNCLOSED);
        }
        if (entries.cells.size() != header.size()) {
            throw refused(entries.line, entries.cells.size() + (entries.cells.size() == 1 ? " entry" : " entries")
                    + ", the header has " + header.size()
                    + " (separated by " + (separator == '\t' ? "tabs" : "\"" + separator + "\"") + ")");
        }
        double[] row = new double[places.size()];
        for (int c = 0; c < row.length; c++) {
            String cell = clean(entries.cells.get(places.get(c)));
            Double number = isMissing(cell) ? Double.valueOf(Double.NaN) : decimal(cell);
            if (number == null || number.isInfinite()) {
                throw refused(entries.line, "column " + header.get(places.get(c)) + ": \"" + shown(cell) + "\" is "
                        + (number == null ? "no number" : "not finite")
                        + (separator == ',' && DECIMAL_COMMA.matcher(cell).matches()
                        ? " (a decimal comma is read where semicolons or tabs separate)" : ""));
            }
            requireOneKind(cell, entries.line);
            row[c] = number;
        }
        for (double number : row) {
            if (Double.isNaN(number)) {
                missing.add(entries.line);
                return null;
            }
        }
        return row;
    }

    private Double decimal(String cell) {
        boolean comma = separator != ',' && DECIMAL_COMMA.matcher(cell).matches();
        OptionalDouble number = Decimal.parse(comma ? cell.replace(',', '.') : cell);
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }

    /** Refuses a file with decimal points and decimal commas: 1,234 is one number beside 0,5 and another beside 0.5. */
    private void requireOneKind(String cell, long line) {
        for (char mark : new char[] {'.', ','}) {
            if (cell.indexOf(mark) >= 0 && !isMissing(cell)) {
                decimals.putIfAbsent(mark, "\"" + cell + "\" in line " + line);
            }
        }
        if (decimals.size() > 1) {
            throw new IllegalArgumentException(name + ": decimal points and commas, "
                    + String.join(" and ", decimals.values()) + ": which is the decimal mark?");
        }
    }

    /** Whether a cell is one of the marks for a missing number of R, pandas, Excel, SQL, SAS and others. */
    private static boolean isMissing(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "", "na", "n/a", "#n/a", "<na>", "nan", "-nan", "null", "none", ".", "?", "-" -> true;
            default -> false;
        };
    }

    private static String shown(String cell) {
        String line = cell.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 40 ? line : line.substring(0, 40) + "...";
    }

    private static String clean(String cell) {
        return cell.replace('\u00a0', ' ').strip();
    }

    private IllegalArgumentException refused(long line, String reason) {
        return new IllegalArgumentException(name + (line > 0 ? ", line " + line : "") + ": " + reason);
    }
}
