package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.SymmetricMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a mapped file, and how much memory sums over rows take. */
class MappedRowsTest {
    private static final int WIDTH = 9;

    @TempDir
    private Path folder;

    private static void write(Path file, double[] numbers) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers);
        Files.write(file, bytes.array());
    }

    private static Objective logistic(Rows rows, int n) {
        return Objective.sum(n, rows, (beta, row) -> {
            Expr z = Functions.dot(row.get("x"), beta);
            return Functions.softplus(z).minus(row.get("y").times(z)).times(row.get("w"));
        });
    }

    @Test
    void sameBitsAsArrays() throws IOException {
        int count = 2000;
        Random random = new Random(1);
        double[] x = random.doubles(count * WIDTH, -1, 1).toArray();
        double[] y = random.doubles(count).toArray();
        double[] w = random.doubles(count).toArray();
        double[] records = new double[count * (WIDTH + 2)];
        for (int i = 0; i < count; i++) {
            records[i * (WIDTH + 2)] = y[i];
            System.arraycopy(x, i * WIDTH, records, i * (WIDTH + 2) + 1, WIDTH);
            records[i * (WIDTH + 2) + WIDTH + 1] = -7;
        }
        Path file = folder.resolve("rows");
        write(file, records);
        Rows mapped = Rows.mapped(file, new Rows.Field("y", 1), new Rows.Field("x", WIDTH), new Rows.Field("unused", 1))
                .column("w", w);
        Rows arrays = Rows.of(count).column("y", y).column("x", WIDTH, x).column("unused", new double[count])
                .column("w", w);
        assertEquals(arrays.toString(), mapped.toString());
        double[] point = random.doubles(WIDTH, -1, 1).toArray();
        for (Tier tier : new Tier[] {Tier.SCALAR, Tier.LANES, Tier.FUSED}) {
            for (int from : new int[] {0, 1, 700}) {
                Objective expected = logistic(arrays.slice(from, count), WIDTH).with(Settings.defaults().tier(tier));
                Objective actual = expected.on(mapped.slice(from, count));
                double[] g = new double[WIDTH];
                double[] expectedG = new double[WIDTH];
                SymmetricMatrix h = SymmetricMatrix.of(WIDTH);
                SymmetricMatrix expectedH = SymmetricMatrix.of(WIDTH);
                assertEquals(expected.hessian(point, expectedG, expectedH), actual.hessian(point, g, h));
                assertArrayEquals(expectedG, g);
                assertArrayEquals(expectedH.toPacked(), h.toPacked());
            }
        }
        Rows narrow = Rows.mapped(file, new Rows.Field("all", WIDTH + 2));
        assertArrayEquals(records, VectorFunction.perRow(1, narrow, (p, row) -> row.get("all").times(p.get(0)))
                .value(new double[] {1}));
    }

    @Test
    void badFiles() throws IOException {
        Path file = folder.resolve("bad");
        write(file, new double[7]);
        assertEquals(file
                + " has 56 bytes; rows of 3 doubles take 24 each, there must be a whole number of them, 1 to "
                + "2147483647",
                assertThrows(IllegalArgumentException.class, () -> Rows.mapped(file, new Rows.Field("a", 3)))
                .getMessage());
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThrows(IllegalArgumentException.class, () -> Rows.mapped(empty, new Rows.Field("a", 1)));
        assertEquals("column \"a\" has width 0, must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> Rows.mapped(file, new Rows.Field("a", 0)))
                .getMessage());
        assertEquals("column \"a\" is there already", assertThrows(IllegalArgumentException.class,
                () -> Rows.mapped(file, new Rows.Field("a", 3), new Rows.Field("a", 4))).getMessage());
        assertEquals("rows of " + file + " without fields",
                assertThrows(IllegalArgumentException.class, () -> Rows.mapped(file)).getMessage());
        assertThrows(NoSuchFileException.class, () -> Rows.mapped(folder.resolve("none"), new Rows.Field("a", 1)));
    }

    /** Records of so many doubles that 384 of them would not fit into an array; the file has holes, read as zeros. */
    @Test
    void wideRecords() throws IOException {
        for (int width : new int[] {65_530, 65_536, 65_537, 5_600_000}) {
            Path file = folder.resolve("wide" + width);
            int count = width > 1_000_000 ? 3 : 40;
            int record = width + 2;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < count; i++) {
                    channel.write(number.putDouble(0, i + 1).rewind(), 8L * record * i);
                    channel.write(number.putDouble(0, 10).rewind(), 8L * (record * i + 1 + width / 2));
                    channel.write(number.putDouble(0, -i).rewind(), 8L * (record * (i + 1L) - 1));
                }
            }
            Rows rows = Rows.mapped(file, new Rows.Field("a", 1), new Rows.Field("x", width), new Rows.Field("b", 1));
            Objective ends = Objective.sum(1, rows,
                    (p, row) -> row.get("a").times(p.get(0)).plus(row.get("b").times(p.get(0)).times(2)));
            VectorFunction middle = VectorFunction.perRow(1, rows,
                    (p, row) -> Functions.sum(row.get("x")).times(p.get(0)));
            double[] tens = new double[count];
            Arrays.fill(tens, 10);
            for (Tier tier : width > 1_000_000 ? new Tier[] {Tier.SCALAR}
                    : new Tier[] {Tier.SCALAR, Tier.LANES, Tier.FUSED}) {
                Settings settings = Settings.defaults().tier(tier);
                assertEquals(count * (count + 1) / 2.0 - count * (count - 1),
                        ends.with(settings).value(new double[] {1}), "width " + width + ", " + tier);
                if (width < 1_000_000) {
                    assertArrayEquals(tens, middle.with(settings).value(new double[] {1}),
                            "width " + width + ", " + tier);
                }
            }
        }
    }

    @Test
    void recordsWiderThanCanBeCopied() throws IOException {
        Path file = folder.resolve("widest");
        write(file, new double[3]);
        int widest = (Integer.MAX_VALUE - 8) / 8;
        assertEquals("rows of " + file + " with " + (widest + 1L) + " doubles up to field \"b\", there may be at most "
                + widest, assertThrows(
                IllegalArgumentException.class,
                () -> Rows.mapped(file, new Rows.Field("a", widest), new Rows.Field("b", 1))).getMessage());
        assertEquals("rows of " + file + " with 2147483647 doubles up to field \"a\", there may be at most "
                + widest, assertThrows(
                IllegalArgumentException.class, () -> Rows.mapped(file, new Rows.Field("a", Integer.MAX_VALUE)))
                .getMessage());
    }

    /**
     * A file that is cut off while it is mapped, in its last page, by pages, to nothing; and one that is made whole
     * again.
     */
    @Test
    void aFileThatBecomesShorter() throws IOException {
        int count = 20_000;
        Path file = folder.resolve("shrinking");
        double[] ones = new double[count * 3];
        Arrays.fill(ones, 1);
        write(file, ones);
        Rows rows = Rows.mapped(file, new Rows.Field("x", 3));
        Objective sum = Objective.sum(3, rows, (b, row) -> Functions.dot(row.get("x"), b));
        VectorFunction stack = VectorFunction.perRow(3, rows, (b, row) -> Functions.dot(row.get("x"), b));
        double[] b = {1, 2, 3};
        for (Tier tier : new Tier[] {Tier.SCALAR, Tier.LANES}) {
            Settings settings = Settings.defaults().tier(tier);
            for (long length : new long[] {24L * count - 1, 24L * count - 8, 12L * count + 5, 4096, 0}) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(length);
                }
                String message = "java.io.IOException: " + file
                        + " has become shorter while rows of it are in use: it had " + 24 * count
                        + " bytes when it was mapped, and has " + length;
                double[] g = {7, 7, 7};
                assertEquals(message,
                        assertThrows(UncheckedIOException.class, () -> sum.with(settings).gradient(b, g)).getMessage());
                assertArrayEquals(new double[] {7, 7, 7}, g);
                assertEquals(message,
                        assertThrows(UncheckedIOException.class, () -> stack.with(settings).value(b)).getMessage());
                write(file, ones);
                assertEquals(6.0 * count, sum.with(settings).gradient(b, g));
            }
        }
    }

    /** The same while rows are read. */
    @Test
    void aFileThatBecomesShorterMeanwhile() throws Exception {
        int count = 100_000;
        Path file = folder.resolve("cut");
        write(file, new double[count * 3]);
        Rows rows = Rows.mapped(file, new Rows.Field("x", 3));
        Objective sum = Objective.sum(3, rows, (b, row) -> Functions.sum(Functions.exp(row.get("x").times(b))));
        double[] b = {1, 2, 3};
        assertEquals(3.0 * count, sum.value(b));
        Thread cut = new Thread(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                Thread.sleep(30);
                channel.truncate(100_000);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        cut.start();
        String message = assertThrows(UncheckedIOException.class, () -> {
            while (true) {
                assertEquals(3.0 * count, sum.value(b));
            }
        }).getMessage();
        cut.join();
        assertTrue(message.contains(file + " has become shorter"), message);
    }

    /** A file ten times the heap streams through: the rows of a file are never in the heap at once. */
    @Test
    void streamsAFileTenTimesTheHeap() throws Exception {
        Path file = folder.resolve("large");
        int megabytes = 320;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 1 << 17; i++) {
                bytes.putDouble(i % 16 == 0 ? i / 16 % 5 : 1);
            }
            for (int i = 0; i < megabytes; i++) {
                channel.write(bytes.rewind());
            }
        }
        // a row of 16: (i mod 5) and fifteen ones; the sum of squares of (i mod 5) + 15 over 8,192 rows a megabyte
        long expected = 0;
        for (int i = 0; i < 8192; i++) {
            expected += (long) (i % 5 + 15) * (i % 5 + 15);
        }
        assertEquals((double) megabytes * expected, inJvm("32m", "squares", file.toString()));
    }

    /** The Hessian of a logistic regression of 1,000,000 rows and 32 parameters in a heap of the data and 64 MB. */
    @Test
    void hessianTakesLittleBesideTheData() throws Exception {
        long data = 1_000_000L * 33 * 8;
        assertEquals(1_000_000 * Math.log(2), inJvm((data + (64 << 20)) / 1024 + "k", "logistic", "1000000"), 1e-6);
    }

    private static double inJvm(String heap, String... arguments) throws IOException, InterruptedException {
        return Double.parseDouble(ChildJvm.lastLine(0, InJvm.class, List.of("-Xmx" + heap), arguments));
    }

    /** What runs in a JVM of its own. */
    static final class InJvm {
        private InJvm() {}

        public static void main(String[] arguments) throws IOException {
            if (arguments[0].equals("squares")) {
                Rows rows = Rows.mapped(Path.of(arguments[1]), new Rows.Field("x", 16));
                Objective f = Objective.sum(16, rows, (x, row) -> Functions.square(Functions.dot(row.get("x"), x)));
                double[] ones = new double[16];
                Arrays.fill(ones, 1);
                System.out.println(f.hessian(ones, new double[16], SymmetricMatrix.of(16)));
            } else {
                int count = Integer.parseInt(arguments[1]);
                Random random = new Random(1);
                double[] x = new double[count * 32];
                double[] y = new double[count];
                for (int i = 0; i < x.length; i++) {
                    x[i] = random.nextDouble() - 0.5;
                }
                for (int i = 0; i < count; i++) {
                    y[i] = random.nextInt(2);
                }
                Rows rows = Rows.of(count).column("x", 32, x).column("y", y);
                Objective f = Objective.sum(32, rows, (beta, row) -> {
                    Expr z = Functions.dot(row.get("x"), beta);
                    return Functions.softplus(z).minus(row.get("y").times(z));
                });
                System.out.println(f.hessian(new double[32], new double[32], SymmetricMatrix.of(32)));
            }
        }
    }
}
