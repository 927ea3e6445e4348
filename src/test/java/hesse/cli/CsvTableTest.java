package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of CSV that give the same numbers, and files that are refused with their line. */
class CsvTableTest {
    private static final String PLAIN = "x,y\n0,1.1\n1,2.9\n2,-5.2e1\n";

    @TempDir
    private Path folder;

    private static Map<String, double[]> read(String text, boolean drop, List<String> told) {
        return CsvTable.of("f.csv", text).columns(new LinkedHashSet<>(List.of("x", "y")), drop, told::add);
    }

    private static void assertRead(String text) {
        Map<String, double[]> columns = read(text, false, new ArrayList<>());
        assertEquals(Set.of("x", "y"), columns.keySet());
        assertArrayEquals(new double[] {0, 1, 2}, columns.get("x"), text);
        assertArrayEquals(new double[] {1.1, 2.9, -52}, columns.get("y"), text);
    }

    private static void assertRefused(String message, String text) {
        String refused = assertThrows(IllegalArgumentException.class, () -> read(text, false, new ArrayList<>()))
                .getMessage();
        assertTrue(refused.startsWith("f.csv" + message), refused);
        assertEquals(1, refused.lines().count());
    }

    @Test
    void theSameTableInManyForms() {
        String commas = PLAIN.replace(',', ';').replace('.', ',');
        for (String text : List.of(PLAIN, PLAIN.replace("\n", "\r\n"), PLAIN.replace("\n", "\r"), PLAIN.stripTrailing(),
                "\n\n" + PLAIN.replace("\n", "\n\n") + "  \n",
                PLAIN.replace(',', ';'), commas, PLAIN.replace(',', '\t'), commas.replace(';', '\t'),
                PLAIN.replace(',', '|'), "sep=;\r\n" + commas, "SEP=,\n" + PLAIN, "\"sep=;\"\n" + commas,
                "# made by hand; a,b\n#\n" + PLAIN.replace("1,2.9", "# x\n1,2.9"),
                "\"x\",\"y\"\n\"0\",\"1.1\"\n\"1\", \"2.9\"\n2,-52\n", " x , y \n 0 ,\u00a01.1\n1\t, 2.9\n2,-52.",
                "name,y,x\n\"a, \"\"b\"\"\",1.1,0\n\"two\nlines\",2.9,1\n,-52,2\n", "x,y,\n0,1.1,\n1,2.9,\n2,-52,\n",
                ",x,y\na,0,1.1\nb,1,2.9\nc,2,-52\n",
                "speed, m/s;y;x\n1,5;1,1;0\n2,5;2,9;1\n3,5;-52;2\n",
                "day;x;y\n01.02.2020;0;1,1\n02.02.2020;1;2,9\n03.02.2020;2;-52\n")) {
            assertRead(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2f", "1d", "0x1p3", "0x10", "1e999", "Infinity", "-Infinity", "inf", "\"1,5\"",
        "\"1,234\"", "1 000", "1_000", "1.5D+03", "1e", "e5", "--1", "3%", "'3", "TRUE", "\u2212" + "3",
        "\u0663", "1.2.3", "x", "5\0"})
    void whatIsNoNumberIsRefusedWithItsLine(String cell) {
        assertRefused(", line 6: column y: ", "# comment\nname,y,x\n\"two\nlines\",1,2\n\n\"\"," + cell + ",2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "None", "<NA>", ".", "?", "-"})
    void rowsWithoutANumberAreNamedOrLeftOut(String cell) {
        String text = PLAIN + cell + ",3\n4," + cell + "\n5,6\n";
        assertRefused(": 2 rows without a number in a column that is used, lines 5, 6; --missing drop leaves such rows "
                + "out", text);
        List<String> told = new ArrayList<>();
        assertArrayEquals(new double[] {0, 1, 2, 5}, read(text, true, told).get("x"));
        assertEquals(List.of("f.csv: left out 2 rows without a number in a column that is used, lines 5, 6"), told);
        assertThrows(IllegalArgumentException.class, () -> read("x,y\n1," + cell + "\n", true, told));
    }

    @Test
    void whatIsNoTable() {
        assertRefused(": nothing in it", "");
        assertRefused(": nothing in it", "# comment\n\n");
        assertRefused(": no rows below the header", "x,y\n");
        assertRefused(", line 2: two columns are called y", "#\nx,y,y\n1,2,3\n");
        assertRefused(", line 1: expected a header of column names, found numbers", "0,1\n1,2\n");
        assertRefused(", line 2: expected a header of column names, found numbers (lines that start with # are "
                + "comments)", "# x,y\n0,1\n");
        assertRefused(", line 5: 1 entry, the header has 2", PLAIN + "4\n");
        assertRefused(", line 5: 3 entries, the header has 2 (separated by \",\")", PLAIN + "4,5,6\n");
        assertRefused(", line 6: 3 entries, the header has 2 (separated by tabs)",
                "sep=\t\n" + PLAIN.replace(',', '\t') + "4\t5\t6\n");
        assertRefused(", line 5: a quote is opened and never closed", PLAIN + "4,\"5\n6,7\n");
        assertRefused(", line 1: a quote is opened and never closed", "\"x,y\n1,2\n");
        assertRefused(", line 5: Unexpected character after closing quote", PLAIN + "4,\"5\"6\n");
        assertRefused(": decimal points and commas, \"1.1\" in line 2 and \"1,234\" in line 5",
                PLAIN.replace(',', ';') + "4;1,234\n");
        assertRefused(", line 5: column y: \"1.234,5\" is no number", PLAIN.replace(',', ';') + "4;1.234,5\n");
    }

    private CommandRun fit(String file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("fit", file, "--json"));
        arguments.addAll(List.of(more.length == 0 ? new String[] {"--model", "a+b*x", "--start", "a=0,b=0"} : more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private String file(byte[] content) throws IOException {
        return Files.write(folder.resolve("f.csv"), content).toString();
    }

    @Test
    void encodingsAreNamed() throws IOException {
        String data = "x,y,note\n0,1,\n1,3.1,\n2,5,\n";
        assertEquals(0, fit(file(("\ufeff" + data).getBytes(StandardCharsets.UTF_8))).code());
        for (String encoding : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1", "windows-1252")) {
            CommandRun run = fit(file((data + "3,7,caf\u00e9\n").getBytes(Charset.forName(encoding))));
            assertEquals(2, run.code(), encoding);
            String expected = encoding.startsWith("UTF") ? "f.csv is encoded as " + encoding.substring(0, 6)
                    : "f.csv, line 5: byte 0xE9 is no UTF-8; the file is Latin-1 or Windows-1252";
            assertTrue(run.err().contains(expected), run.err());
        }
        assertTrue(fit(file(new byte[] {'P', 'K', 3, 4})).err().contains(".xlsx"));
        assertTrue(fit(folder.toString()).err().contains("is a folder, expected a file"));
        assertEquals(2, fit(folder.toString()).code());
    }

    /** Names that would hide one another, or are not there. */
    @Test
    void namesAreChecked() throws IOException {
        String file = file(PLAIN.getBytes(StandardCharsets.UTF_8));
        assertTrue(fit(file, "--model", "a+x", "--start", "a=1,x=2").err().contains("--start x: " + file
                + " has a column of that name"));
        assertTrue(fit(file, "--model", "a+b*z", "--start", "a=0,b=0").err()
                .contains("column 5: unknown variable \"z\"; there are a, b, x, y"));
        assertTrue(fit(file, "--model", "a", "--start", "a=0", "--response", "z").err()
                .contains("no column z; name the response by --response, columns are x, y"));
        assertTrue(fit(file, "--model", "a", "--start", "a=1d").err().contains("--start a: \"1d\" is no number"));
        assertTrue(fit(file, "--model", "a", "--start", "a=1", "--missing", "keep").err()
                .contains("known are refuse and drop"));
        assertTrue(fit(file, "--model", "a", "--start", "a=1", "--loss", "huber:x").err()
                .contains("--loss huber:x: \"x\" is no number"));
    }

    @Test
    void standardInput() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(
                "x;name;y\n0;a;1,1\n1;b;2,9\n2;c;5,2\n3;d;6,8\nNA;e;9\n".getBytes(StandardCharsets.UTF_8)));
        try {
            CommandRun run = fit("-", "--model", "a+b*x", "--start", "a=0,b=0", "--missing", "drop");
            assertEquals(0, run.code(), run.err());
            assertTrue(run.err().contains("standard input: left out 1 row without a number in a column that is used, "
                    + "line 6"), run.err());
            assertEquals(2, JSON.std.mapFrom(run.out()).get("degreesOfFreedom"));
        } finally {
            System.setIn(before);
        }
    }
}
