package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.Cholesky;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of a tuning file change no bits; a bad file is refused by name. */
class TuningTest {
    @TempDir
    private Path folder;

    private String run(int code, String... lines) throws Exception {
        Path file = Files.write(folder.resolve("tuning.properties"), List.of(lines));
        return ChildJvm.lastLine(code, Digest.class, List.of("-Dhesse.tuning=" + file));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "product.depth=32 product.band=48 factor.band=48 symv.pairs=1 block.numbers=1024 block.rows=8 region.rows=8 "
                + "region.operations=10 parallel.product=1 parallel.factor=96 parallel.rows=1",
        "product.depth=4000 product.band=4800 factor.band=4800 block.numbers=1000000 block.rows=64 region.rows=128 "
        + "region.operations=300 parallel.product=2000000000",
        "product.depth=97 product.band=96 factor.band=144 block.numbers=5000 block.rows=16 region.rows=16 "
        + "region.operations=37 parallel.rows=1000"
    })
    void sizesChangeNoBits(String sizes) throws Exception {
        assertEquals(run(0), run(0, sizes.split(" ")));
    }

    @Test
    void defaultsAreShown() {
        Map<String, Integer> tuning = Hesse.tuning();
        assertEquals(11, tuning.size());
        assertEquals(384, tuning.get("product.depth"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "product.depth=12 | tuning.properties, expected a whole number from 32 to 4096",
        "product.band=100 | a multiple of 48",
        "block.rows=24 | a power of two",
        "region.rows=24 | a power of two",
        "block.rows=many | block.rows is \"many\"",
        "tile=4 | has \"tile\", known are product.depth"
    })
    void badFilesAreRefused(String line, String message) throws Exception {
        String printed = run(1, line);
        assertTrue(printed.contains("hesse.tuning: ") && printed.contains(message), printed);
    }

    @Test
    void aMissingFileIsRefused() throws Exception {
        String printed = ChildJvm.lastLine(1, Digest.class, List.of("-Dhesse.tuning=" + folder.resolve("none")));
        assertTrue(printed.contains("none cannot be read"), printed);
    }

    /** A number that depends on every bit of products, factors, and derivatives by all tiers. */
    static final class Digest {
        private Digest() {}

        public static void main(String[] args) {
            Random random = new Random(1);
            Matrix x = Matrix.of(700, 301);
            Arrays.setAll(x.data(), i -> random.nextDouble() - 0.5);
            SymmetricMatrix h = SymmetricMatrix.of(301);
            h.addGram(x, null);
            long digest = digest(1, h.toPacked());
            digest = digest(digest, h.multiply(Arrays.copyOf(x.data(), 301)));
            h.addDiagonal(1);
            digest = digest(digest, Cholesky.of(h).inverse().toPacked());
            digest = digest(digest, x.transposedMultiply(x).data());
            int count = 5_000;
            Rows rows = Rows.of(count).column("x", 12, random.doubles(count * 12L, -1, 1).toArray())
                    .column("y", random.doubles(count, -1, 1).toArray());
            double[] point = random.doubles(14, -1, 1).toArray();
            for (Tier tier : Tier.values()) {
                Objective f = Objective.sum(14, rows,
                        (b, row) -> Functions.softplus(Functions.dot(row.get("x"), b.slice(0, 12)))
                        .plus(new RandomBody(5, 60).apply(Functions.concat(b.slice(10, 14), row.get("y").reshape(1)))))
                        .with(Settings.defaults().tier(tier));
                double[] g = new double[14];
                SymmetricMatrix second = SymmetricMatrix.of(14);
                digest = digest(digest, f.hessian(point, g, second));
                digest = digest(digest(digest, g), second.toPacked());
                Objective body = Objective.of(14, new RandomBody(6, 80)).with(Settings.defaults().tier(tier));
                digest = digest(digest, body.gradient(point));
            }
            System.out.println(digest);
        }

        private static long digest(long digest, double... numbers) {
            return 31 * digest + Arrays.hashCode(numbers);
        }
    }
}
