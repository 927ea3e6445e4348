package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import hesse.Settings;
import hesse.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The value of a random body of {@value #OPERATIONS} additions, subtractions, products and multiply-adds, on every one
 * of which the value depends, summed over {@value #ROWS} rows: {@value #OPERATIONS} times {@value #ROWS} operations a
 * call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RandomGraphBenchmark {
    static final int OPERATIONS = 1000;
    static final int ROWS = 4096;

    private Objective fused;
    private Objective lanes;
    private Objective plain;
    private final double[] x = {0.9};

    @Setup
    public void setUp() {
        Random random = new Random(1);
        Rows rows = Rows.of(ROWS);
        for (int i = 0; i < 4; i++) {
            rows = rows.column("c" + i, random.doubles(ROWS, -1, 1).toArray());
        }
        Objective f = Objective.sum(1, rows, (p, row) -> {
            List<Expr> pool = new ArrayList<>(List.of(row.get("c0"), row.get("c1"), row.get("c2"), row.get("c3")));
            for (int k = 0; k < OPERATIONS - 24; k += 2) {
                Expr a = pool.removeFirst();
                Expr b = pool.get(random.nextInt(pool.size()));
                Expr c = pool.get(random.nextInt(pool.size()));
                Expr next = switch (random.nextInt(4)) {
                    case 0 -> a.plus(b);
                    case 1 -> a.times(b);
                    case 2 -> Functions.fma(a, b, c);
                    default -> a.minus(c);
                };
                pool.add(next.times(0.5));
                if (pool.size() < 24) {
                    pool.add(a);
                }
            }
            Expr sum = pool.get(0);
            for (Expr rest : pool.subList(1, pool.size())) {
                sum = sum.plus(rest);
            }
            return sum;
        });
        fused = f.with(Settings.defaults().tier(Tier.FUSED)).prepare();
        lanes = f.with(Settings.defaults().tier(Tier.LANES));
        plain = f.with(Settings.defaults().tier(Tier.SCALAR));
        Models.agree("sum", fused.value(x), plain.value(x));
    }

    @Benchmark
    public double simd() {
        return fused.value(x);
    }

    @Benchmark
    public double lanes() {
        return lanes.value(x);
    }

    @Benchmark
    public double scalar() {
        return plain.value(x);
    }
}
