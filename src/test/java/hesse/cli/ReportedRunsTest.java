package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inputs from public reports about fits and minima, through the command line, with the right values. The numbers b41 to
 * b60 are those of the project's list of reports; derivatives of that list are in {@link ReportedDerivativesTest},
 * matrices (b62 to b66) in {@code ReportedMatricesTest}, files (b67 to b71) in {@link CsvTableTest}, comparisons (b73
 * to b78) in {@link CompareTest} and {@link CompareInputTest}.
 */
class ReportedRunsTest {
    @TempDir
    private Path folder;

    /** The exit code of a command, and the JSON object that it printed. */
    private record Answer(int code, Map<String, Object> said) {
        double[] numbers(String key) {
            return ((List<?>) said.get(key)).stream().mapToDouble(n -> n instanceof Number v ? v.doubleValue()
                    : Double.parseDouble(n.toString())).toArray();
        }

        double number(String key) {
            return ((Number) said.get(key)).doubleValue();
        }

        int steps() {
            return ((List<?>) said.get("steps")).size();
        }

        void isConverged() {
            assertTrue((Boolean) said.get("converged"), said.get("ending") + " " + said.get("message"));
            assertEquals(0, code);
        }
    }

    private static Answer run(String... arguments) throws IOException {
        CommandRun run = CommandRun.of(arguments);
        assertTrue(run.code() < 2, run.err());
        return new Answer(run.code(), JSON.std.mapFrom(run.out()));
    }

    private Answer fit(double[] x, double[] y, String model, String start, String... more) throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < x.length; i++) {
            text.append(x[i]).append(',').append(y[i]).append('\n');
        }
        String file = Files.writeString(folder.resolve("data.csv"), text).toString();
        String[] arguments = Arrays.copyOf(new String[] {"fit", file, "--model", model, "--start", start, "--json"},
                7 + more.length);
        System.arraycopy(more, 0, arguments, 7, more.length);
        return run(arguments);
    }

    private static Answer minimize(String formula, String from, String... more) throws IOException {
        String[] arguments = Arrays.copyOf(new String[] {"minimize", formula, "--from", from, "--json"},
                5 + more.length);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return run(arguments);
    }

    private static double[] range(int from, int to) {
        double[] numbers = new double[to - from];
        Arrays.setAll(numbers, i -> from + i);
        return numbers;
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    /** Asserts that each value is within a part of the right one; within that part of 1 where the right one is 0. */
    private static void near(String what, double part, double[] right, double... actual) {
        assertEquals(right.length, actual.length, what);
        for (int i = 0; i < right.length; i++) {
            assertEquals(right[i], actual[i], part * (right[i] == 0 ? 1 : Math.abs(right[i])),
                    what + ": " + Arrays.toString(actual) + ", right is " + Arrays.toString(right));
        }
    }

    private static double[] of(double... numbers) {
        return numbers;
    }

    @Test
    void parametersThatTheDataLeaveOpen() throws IOException {
        double[] y = new double[27];
        y[5] = 0.26899724779580747;
        System.arraycopy(of(0.7596293832300737, 1.2214165441700262, 1.044997340851686, 0.7705897033203687,
                1.280988851538506,
                1.4403870545862594, 1.439644250890874, 1.280013863325763, 0.9349706185969648, 0.7035165962457238,
                0.914155421686925), 0, y, 16, 11);
        Answer fit = fit(range(0, 27), y, "b/(1+exp(-(c+d*x)))", "b=.5,c=.5,d=.5");
        fit.isConverged();
        near("b41 sum of squares", 1e-7, of(.71389932), fit.number("sumOfSquares"));
        near("b41 b", 1e-6, of(1.10306802), fit.numbers("parameters")[0]);
        near("b41 error of b", 1e-3, of(Math.sqrt(.71389932 / 25 / 10)), fit.numbers("standardErrors")[0]);
        double[] errors = fit.numbers("standardErrors");
        assertTrue(errors[1] > 100 && errors[2] > 10, "b41 errors " + Arrays.toString(errors));
        assertTrue(fit.said.get("deficiency") == null || !fit.said.get("deficiency").toString().contains("b2"), "b41");
    }

    @Test
    void exactFitsAndTheEdgeOfTheDomain() throws IOException {
        double[] x = range(0, 10);
        double[] growth = map(x, v -> Math.sqrt(v) * Math.exp(v / 2));
        for (String start : List.of("m=1,c=3", "m=0.1,c=3")) {
            Answer free = fit(x, growth, "x^m*exp(x/c)", start);
            free.isConverged();
            near("b43 from " + start, 1e-12, of(.5, 2), free.numbers("parameters"));
        }
        for (String start : List.of("m=1,c=1", "m=0,c=1")) {
            Answer bounded = fit(x, growth, "x^m*exp(x/c)", start, "--bounds", "m>=0");
            bounded.isConverged();
            near("b43 within bounds from " + start, 1e-12, of(.5, 2), bounded.numbers("parameters"));
            Answer stuck = fit(x, growth, "x^m*exp(x/c)", start);
            boolean right = stuck.code == 0 && stuck.number("sumOfSquares") < 1e-20;
            assertTrue(right || stuck.code == 1 && stuck.said.get("message").toString().contains("leave the domain"),
                    "b43 " + stuck);
        }
        Answer nothing = fit(x, growth, "x^m*exp(x/c)", "m=0,c=0");
        assertTrue(nothing.code == 1 && nothing.said.get("message").toString().contains("m = 0.0, c = 0.0"),
                "b43 " + nothing);
        Answer decay = fit(range(0, 11), map(range(0, 11), v -> 2 * Math.exp(-.7 * v)), "a*exp(-b*x)", "a=1,b=1");
        decay.isConverged();
        near("b45", 1e-13, of(2, .7), decay.numbers("parameters"));
        Answer power = fit(range(1, 11), map(range(1, 11), v -> 3 * Math.sqrt(v)), "a*x^b", "a=1,b=1");
        power.isConverged();
        near("b45", 1e-13, of(3, .5), power.numbers("parameters"));
        Answer line = fit(x, map(x, v -> 2 * v + 1), "a*x+b", "a=1,b=0");
        line.isConverged();
        near("the line of ten points", 1e-14, of(2, 1), line.numbers("parameters"));
    }

    @Test
    void fitsWithErrors() throws IOException {
        double[] y = {7349.91, 6889.77, 6354.54, 5952.89, 5709.72, 5599.58, 5618.98, 5405.07};
        Answer small = fit(of(0, .131, .261, .377, .503, .653, .784, .88), y, "off+amp*exp(-x*sigma/1.6e-16)",
                "sigma=4e-16,amp=1944.84,off=5405.07");
        small.isConverged();
        near("b46", 1e-7, of(4.2249784e-16, 2185.239, 5223.2917), small.numbers("parameters"));
        near("b46 sum of squares", 1e-7, of(49329.328), small.number("sumOfSquares"));

        Answer growth = fit(of(1.2, 2.8, 4.3, 5.4, 6.8, 7.9), of(7.5, 16.1, 38.9, 67, 146.6, 266.2),
                "p1*exp(p2*x)", "p1=3,p2=.5");
        growth.isConverged();
        near("b47", 1e-7, of(3.6137339, .54424866), growth.numbers("parameters"));
        near("b47 errors", 1e-4, of(.10916, .0040178), growth.numbers("standardErrors"));

        double[] x = {-10.096508792237987, -9.521016238163853, -8.945523684089716, -8.370031130015581,
                -7.794538575941444,
            -7.219046021867309, -6.643553467793174, -6.068060913719038, -5.492568359644903, -4.917075805570767,
            -4.3415832514966315, -3.7660906974224964, -3.190598143348361, -2.615105589274225, -2.0396130352000896,
            -1.464120481125954, -0.8886279270518184, -0.31313537297768274, 0.26235718109645273, 0.8378497351705881};
        Answer line = fit(x, of(-21.639566568770565, -20.94641938821062, -20.253272207650674, -19.38827477016407,
                -18.36242183577839, -16.9903794973657, -15.820968419685784, -14.642427728653743, -13.505538977967726,
                -12.363719394592264, -11.212875317902018, -10.063929250004174, -8.918406394308075, -7.771265762413678,
                -6.627157520537498, -5.490093527486446, -4.364435330423279, -3.2594066511524806, -2.192471775057012,
                -1.1998405778202992), "p1+p2*x", "p1=1,p2=1");
        line.isConverged();
        near("b48", 1e-7, of(-2.7466872, 1.9449807), line.numbers("parameters"));
        near("b48 errors", 1e-3, of(.09667, .01697), line.numbers("standardErrors"));

        double[] angle = map(range(0, 11), i -> 5 * i);
        double[] seen = {1.54378e-5, 1.54341e-5, 1.55381e-5, 1.54877e-5, 1.55381e-5, 1.56225e-5, 1.56568e-5, 1.56822e-5,
            1.58282e-5, 1.60016e-5, 1.62545e-5};
        Answer tiny = fit(angle, seen, "a/cos(x*pi/180)+b", "a=0,b=0");
        tiny.isConverged();
        near("b49", 1e-7, of(1.36545594e-6), tiny.numbers("parameters")[0]);
        assertTrue(tiny.steps() < 10, "b49 takes " + tiny.steps() + " steps");

        double[] z = map(range(0, 20), i -> -1 + i / 9.5);
        for (double[] right : new double[][] {{1, 0}, {0, 1}, {1, 1}}) {
            Answer even = fit(z, map(z, v -> right[0] + right[1] * v * v + .01 * v * v * v), "a+b*x^2", "a=1,b=1");
            even.isConverged();
            near("b50", 1e-12, right, even.numbers("parameters"));
            near("b50 errors", 1e-4, of(.0015482, .0031375), even.numbers("standardErrors"));
        }
        double m = 36. / 73;
        String file = Files.writeString(folder.resolve("four.csv"), "p,q,r,s,y\n-1,0,0,0,0\n" + m + ",-1,0,0,0\n0," + m
                + ",-1,0,0\n0,0,"
                + m + ",-1,0\n").toString();
        Answer zero = run("fit", file, "--model", "p*a+q*b+r*c+s*d", "--start", "a=1,b=0,c=0,d=0", "--json");
        zero.isConverged();
        near("b51", 1e-12, new double[4], zero.numbers("parameters"));
    }

    /**
     * A generalised Pareto likelihood of quantiles of the exponential law (the 61 points of the report are its
     * author's).
     */
    @Test
    void aCornerOfTheBounds() throws IOException {
        StringBuilder cost = new StringBuilder("61*log(s)");
        for (int i = 1; i <= 61; i++) {
            cost.append("+(1+1/k)*log1p(k*").append(-Math.log(1 - (i - .5) / 61)).append("/s)");
        }
        for (String method : List.of("trust_region", "lbfgs", "newton", "newton_cg", "interior_point")) {
            Answer corner = minimize(cost.toString(), "k=1,s=3", "--bounds", "k>=0.5; s>=2", "--method", method);
            corner.isConverged();
            near("b52 by " + method, 1e-9, of(79.94228516750032), corner.number("value"));
            near("b52 by " + method, 1e-8, of(.5, 2), corner.numbers("x"));
        }
    }

    @Test
    void flatMaximaAndSimpleMinima() throws IOException {
        List<String> methods = List.of("trust_region", "newton", "newton_cg", "lbfgs", "gradient_backtracking",
                "gradient_curvature", "interior_point");
        for (String method : methods) {
            if (!method.equals("interior_point")) {
                near("b53 by " + method, 1e-6, of(1e-12),
                        minimize("(x-1e-12)^2", "x=1.1e-12", "--bounds", "x>=0", "--method", method).numbers("x"));
            }
            near("b53 by " + method, 1e-6, of(3), minimize("1e-12*(x-3)^2", "x=0", "--method", method).numbers("x"));
            near("b54 by " + method, 1e-6, of(1),
                    Math.abs(minimize("(x^2-1)^2", "x=0", "--method", method).numbers("x")[0]));
            near("b54 by " + method, 1e-6, of(2),
                    minimize("-x^2", "x=0", "--bounds", "-1<=x<=2", "--method", method).numbers("x"));
            near("b54 by " + method, 1e-9, of(-1), minimize("cos(x)", "x=0", "--method", method).number("value"));
            Answer there = minimize("x^2", "x=0", "--method", method);
            there.isConverged();
            near("b55 by " + method, 1e-9, of(0), there.numbers("x"));
            near("b56 by " + method, 1e-6, of(1), minimize("(x^2-1)^2", "x=.5", "--method", method).numbers("x"));
            near("b56 by " + method, 1e-6, of(0, 0),
                    minimize("x+y", "x=.5,y=.5", "--bounds", "0<=x<=1; 0<=y<=1", "--method", method).numbers("x"));
        }
    }

    /** A cost that begins in its own tail falls by more than any factor, and has a minimum all the same. */
    @Test
    void costsThatBeginInTheirTails() throws IOException {
        for (String from : List.of("x=10", "x=15", "x=0")) {
            for (String method : List.of("trust_region", "lbfgs", "newton", "newton_cg")) {
                Answer bell = minimize("-exp(-(x-5)^2)", from, "--method", method);
                bell.isConverged();
                near("bell from " + from + " by " + method, 1e-6, of(5), bell.numbers("x"));
            }
        }
        Answer rational = minimize("-1/(1+x^2)", "x=1e11");
        rational.isConverged();
        near("rational", 1e-6, of(0), rational.numbers("x"));
        for (String endless : List.of("x", "-x^2", "-exp(x)", "-x^8", "log(x)", "-1/x")) {
            assertEquals("unbounded", minimize(endless, "x=1").said.get("ending"), endless);
        }
    }

    @Test
    void constraints() throws IOException {
        Answer scaled = minimize("exp(x)*(4*x^2+2*y^2+4*x*y+2*y+1)", "x=.99,y=-.99", "--bounds", "-1<=x<=1; -1<=y<=1",
                "--subject-to", "x^2+y=1; x*y>=-10");
        scaled.isConverged();
        near("b57", 1e-6, of(-.752879), scaled.numbers("x")[0]);
        near("b57 value", 1e-8, of(1.50931095), scaled.number("value"));
        Answer roots = minimize("sqrt(b)-sqrt(a)", "a=1,b=1", "--subject-to", "a>=0; b>=0; a+b<=2");
        roots.isConverged();
        near("b58 value", 1e-8, of(-Math.sqrt(2)), roots.number("value"));
        near("b58", 1e-8, of(2, 0), roots.numbers("x"));
        for (String method : List.of("auto", "lbfgs", "newton", "newton_cg", "interior_point")) {
            Answer product = minimize("x*y", "x=2000,y=-2000", "--bounds", "0<=x<=1365; -1375<=y<=10",
                    "--method", method);
            product.isConverged();
            near("b59 by " + method, 1e-9, of(-1876875), product.number("value"));
            Answer linear = minimize("x", "x=0", "--bounds", "x>=0.1", "--method", method);
            linear.isConverged();
            near("b59 by " + method, 1e-9, of(.1), linear.numbers("x"));
        }
    }

    @Test
    void logisticCostsFromFarOff() throws IOException {
        for (String from : List.of("x=600", "x=700", "x=-400")) {
            Answer far = minimize("log(1+exp(x))+1e-3*(x+1)^2", from);
            far.isConverged();
            near("b60 from " + from, 1e-8, of(-4.8569798), far.numbers("x"));
            assertTrue(far.steps() <= 20, "b60 takes " + far.steps() + " steps from " + from);
        }
        for (String from : List.of("x=-400", "x=-700", "x=500")) {
            Answer far = minimize("-log(1/(1+exp(-x)))+1e-3*x^2", from);
            far.isConverged();
            near("b60 from " + from, 1e-8, of(4.6651204), far.numbers("x"));
            assertTrue(far.steps() <= 20, "b60 takes " + far.steps() + " steps from " + from);
        }
    }
}
