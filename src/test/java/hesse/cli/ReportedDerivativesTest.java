package hesse.cli;

import static hesse.Functions.exp;
import static hesse.Functions.log;
import static hesse.Functions.logSumExp;
import static hesse.Functions.norm2;
import static hesse.Functions.normalCdf;
import static hesse.Functions.square;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Expr;
import hesse.Objective;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Inputs from public reports about derivative libraries, with the right values (to 50 digits, or by argument). The
 * numbers b01 to b40 are those of the project's list of reports; the fits, minima, matrices, files and comparisons of
 * that list stand beside the tests of those.
 */
class ReportedDerivativesTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** A formula at a point; of the Hessian the lower triangle by rows. */
    private static void formula(String id, String text, String variables, double[] at, double value, double[] gradient,
            double... hessian) {
        Objective f = new Problem(id, text, List.of(variables.split(",")), at, List.of()).objective();
        check(id + " " + text, f, at, 1e-15, value, gradient, hessian);
    }

    private static void tail(String id, String text, double x, double value, double slope, double second) {
        check(id + " " + text, new Problem(id, text, List.of("x"), at(x), List.of()).objective(), at(x), 4e-12, value,
                at(slope), second);
    }

    private static void body(String id, Function<Expr, Expr> body, double[] at, double value, double[] gradient,
            double... hessian) {
        check(id, Objective.of(at.length, body), at, 1e-15, value, gradient, hessian);
    }

    /** Entries may be off by some last places of themselves, or by {@code least} of the largest. */
    private static void check(String what, Objective f, double[] at, double least, double value, double[] gradient,
            double... hessian) {
        String where = what + " at " + Arrays.toString(at);
        compare(where + ": value", least, new double[] {value}, f.value(at));
        compare(where + ": gradient", least, gradient, f.gradient(at));
        if (hessian.length > 0) {
            double[] g = new double[at.length];
            SymmetricMatrix h = SymmetricMatrix.of(at.length);
            f.hessian(at, g, h);
            compare(where + ": Hessian", least, hessian, h.toPacked());
            compare(where + ": gradient beside the Hessian", least, gradient, g);
        }
    }

    private static void compare(String what, double least, double[] right, double... actual) {
        assertEquals(right.length, actual.length, what);
        double largest = Arrays.stream(right).map(Math::abs).filter(v -> v < INFINITY).max().orElse(0);
        for (int i = 0; i < right.length; i++) {
            boolean same = right[i] == actual[i] || Double.compare(right[i], actual[i]) == 0;
            double error = Math.abs(right[i] - actual[i]);
            assertTrue(same || error <= 2e-14 * Math.abs(right[i]) || error <= least * Math.max(largest, 1),
                    () -> what + " is " + Arrays.toString(actual) + ", right is " + Arrays.toString(right));
        }
    }

    private static double[] at(double... x) {
        return x;
    }

    /** K1: the square of 1/u. */
    @Test
    void reciprocals() {
        formula("b01", "1e200*(1/x)", "x", at(1e170), 1e30, at(-1e-140));
        for (double x : new double[] {400, -400}) {
            formula("b02", "log(exp(a)+exp(b))", "a,b", at(x, x), x + Math.log(2), at(.5, .5), .25, -.25, .25);
            body("b02", p -> logSumExp(p), at(x, x), x + Math.log(2), at(.5, .5), .25, -.25, .25);
        }
        body("b03", p -> logSumExp(p), at(1e10, 1e10), 1e10 + Math.log(2), at(.5, .5), .25, -.25, .25);
        body("b03", p -> logSumExp(p), at(1e50, 1e50), 1e50, at(.5, .5), .25, -.25, .25);
        formula("b04", "log(1/(1+exp(-x)))", "x", at(-371), -371, at(1), -7.529171920409294e-162);
        formula("b04", "log(1/(1+exp(-x)))", "x", at(-400), -400, at(1), -1.915169596714006e-174);
        formula("b05", "log(1+exp(x))", "x", at(400), 400, at(1), 1.915169596714006e-174);
        for (double x : new double[] {27, 28, 30}) {
            Objective mixture = new Problem("b07", "log(.3*exp(-(x-m)^2/2)/sqrt(2*pi)+.7*exp(-(x+m)^2/2)/sqrt(2*pi))",
                    List.of("x", "m"), at(x, 1), List.of()).objective();
            double value = Math.log(0.3 / Math.sqrt(2 * Math.PI)) - (x - 1) * (x - 1) / 2;
            check("b07", mixture, at(x, 1), 1e-12, value, at(1 - x, x - 1), -1, 1, -1);
        }
        formula("b08", "exp(a)/(exp(a)+exp(b))", "a,b", at(400, 400), .5, at(.25, -.25), 0, 0, 0);
        formula("b08", "exp(a)*(1/(exp(a)+exp(b)))", "a,b", at(400, 400), .5, at(.25, -.25), 0, 0, 0);
        formula("b09", "1e-200/x", "x", at(1e-200), 1, at(-1e200));
        formula("b09", "1e200/x", "x", at(1e200), 1, at(-1e-200));
        // The second derivative is the difference of terms of x^2: 1,371 and 2,708.
        tail("b10", "log(normalCdf(x))", -37, -689.0305855768906, 37.02698768612699, -0.9992727219011225);
        tail("b10", "log(erfc(x))", 26, -679.8311997631942, -52.0384048519643103, -1.998527234798536);
    }

    /** a (1/b) of the gradient is differentiated as a quotient, not by the square of 1/b. */
    @Test
    void entropies() {
        double x = 1e-200;
        formula("K1", "x*log(x)", "x", at(x), x * Math.log(x), at(Math.log(x) + 1), 1e200);
        formula("K1", "x*log(x/y)", "x,y", at(x, .5), x * Math.log(2 * x), at(Math.log(2 * x) + 1, -2 * x),
                1e200, -2, 4e-200);
        formula("K1", "x*log(x)+(1-x)*log(1-x)", "x", at(x), x * Math.log(x), at(Math.log(x)), 1e200);
        formula("K1", "hypot(x,y)*atan2(y,x)", "x,y", at(3e-200, 4e-200), 5e-200 * Math.atan2(4, 3),
                at(.6 * Math.atan2(4, 3) - .8, .8 * Math.atan2(4, 3) + .6),
                1e199 * (1.28 * Math.atan2(4, 3) - 0) , -1e199 * .96 * Math.atan2(4, 3),
                1e199 * .72 * Math.atan2(4, 3));
    }

    /** K6: functions for the tails of the normal distribution. */
    @Test
    void tails() {
        formula("b11", "logNormalCdf(x)", "x", at(-40), -804.6084420137538, at(40.02496884720726), -0.9993773316214086);
        formula("b11", "logNormalCdf(x)", "x", at(-38.2), -734.1824581669495, at(38.226142253823944),
                -0.9993175135095754);
        formula("b11", "logNormalCdf(x)", "x", at(-1000), -500007.8266948122, at(1000.00099999800001),
                -0.99999900000599995);
        formula("b11", "logNormalCdf(x)", "x", at(-37), -689.0305855768906, at(37.02698768612699), -0.9992727219011225);
        for (double x : new double[] {-20, -20.5}) {
            double far = new Problem("", "logNormalCdf(x)", List.of("x"), at(x), List.of()).objective().value(at(x));
            assertEquals(new Problem("", "log(normalCdf(x))", List.of("x"), at(x), List.of()).objective().value(at(x)),
                    far, 1e-13);
        }
        formula("b11", "logNormalCdf(x)", "x", at(0), -Math.log(2), at(Math.sqrt(2 / Math.PI)), -2 / Math.PI);
        formula("b11", "logErfc(x)", "x", at(28), -787.9052061945577, at(-56.0356688763583), -1.9987293448053044);
        formula("b11", "logErfc(x)", "x", at(100), -10005.177585122664, at(-200.00999900024991), -1.9999000299875065);
        formula("b11", "logErfc(x)", "x", at(26), -679.8311997631942, at(-52.0384048519643103), -1.998527234798536);
        body("b11", p -> hesse.Functions.logNormalCdf(p.get(0)), at(-INFINITY), -INFINITY, at(INFINITY));
    }

    /** K2 and K3: kinks of abs, roots at 0. */
    @Test
    void kinks() {
        formula("b12", "abs(x)^2", "x", at(0), 0, at(0), 2);
        formula("b13", "abs(-x^2)", "x", at(0), 0, at(0), 2);
        formula("b13", "abs(x^2)", "x", at(0), 0, at(0), 2);
        formula("b15", "log1p(exp(-abs(x)))+max(x,0)", "x", at(0), Math.log(2), at(1), .25);
        formula("b15", "log1p(exp(-abs(x)))+max(0,x)", "x", at(0), Math.log(2), at(0), .25);
        formula("b15", "softplus(x)", "x", at(0), Math.log(2), at(.5), .25);
        body("b16", p -> square(norm2(p)), at(0, 0), 0, at(0, 0), 2, 0, 2);
        body("b17", p -> square(norm2(p)).plus(1).pow(-.5), at(0, 0), 1, at(0, 0), -1, 0, -1);
        formula("b17", "sqrt(x^2+y^2)^2", "x,y", at(0, 0), 0, at(0, 0), 2, 0, 2);
        formula("b17", "hypot(x,y)^2", "x,y", at(0, 0), 0, at(0, 0), 2, 0, 2);
        formula("b17", "pow(x^2+y^2,1.5)", "x,y", at(0, 0), 0, at(0, 0), 0, 0, 0);
    }

    /** K4: denominators that overflow. */
    @Test
    void overflow() {
        for (double x : new double[] {-709.79, -800, -1.15e4}) {
            formula("b18", "1/(1+exp(-x))", "x", at(x), 0, at(0), 0);
            formula("b18", "sigmoid(x)", "x", at(x), Math.exp(x), at(Math.exp(x)), Math.exp(x));
        }
        formula("b20", "x^-12", "x", at(1.1e29), 0, at(0), 0);
        formula("b20", "x^-40", "x", at(1e8), 0, at(0), 0);
        formula("b20", "1/x^12", "x", at(1.1e29), 0, at(0), 0);
        formula("b20", "(1/x)^12", "x", at(1.1e29), 0, at(0), 0);
        formula("b20", "x^-12.5", "x", at(1.1e29), 0, at(0), 0);
    }

    /** What was right, and stays so. */
    @Test
    void powersAndExponentials() {
        formula("b21", "4.3*x^2", "x", at(0), 0, at(0), 8.6);
        formula("b21", "100*pow(y-pow(x,2),2)+pow(1-x,2)", "x,y", at(0, 0), 1, at(-2, 0), 2, 0, 200);
        formula("b22", "x^y", "x,y", at(0, 2), 0, at(0, 0), 2, 0, 0);
        formula("b22", "x^y", "x,y", at(0, 1), 0, at(1, 0));
        formula("b22", "x^y", "x,y", at(0, 3), 0, at(0, 0), 0, 0, 0);
        formula("b23", "exp(-x^2)", "x", at(0), 1, at(0), -2);
        formula("b25", "a*exp(-b)", "a,b", at(1, -1000), INFINITY, at(INFINITY, -INFINITY), 0, -INFINITY, INFINITY);
        formula("b26", "log(1/max(1e-200,x))", "x", at(0), -Math.log(1e-200), at(0), 0);
        formula("b27", "sqrt(((a-b)^2+(b-c)^2+(c-a)^2)/2+3*(d^2+e1^2+f^2))", "a,b,c,d,e1,f",
                at(100, 0, 0, 0, 0, 0), 100,
                at(1, -.5, -.5, 0, 0, 0));
        formula("b29", "x-2*softplus(x)", "x", at(-1), -1 - 2 * Math.log1p(Math.exp(-1)), at(.46211715726000975));
        formula("b30", "softplus(x)", "x", at(37.42994775023705), 37.42994775023705, at(1), 5.5511151231257755e-17);
        formula("b40", "2^x", "x", at(1024), INFINITY, at(Math.log(2) * 0x1p1023 * 2),
                Math.log(2) * Math.log(2) * 0x1p1023 * 2);
        formula("b40", "2^x", "x", at(1023), 0x1p1023, at(Math.log(2) * 0x1p1023));
    }

    /** The negative-binomial log mass of no events at a large shape, whose slopes are differences of large terms. */
    @Test
    void negativeBinomial() {
        formula("b28", "lgamma(a)-lgamma(a)+a*log(1/(1+exp(-b)))", "a,b", at(3, .8),
                3 * Math.log(1 / (1 + Math.exp(-.8))),
                at(Math.log(1 / (1 + Math.exp(-.8))), 3 / (1 + Math.exp(.8))));
        formula("b28", "a*log(beta/(1+beta))", "a,beta", at(1e10 + 1, .8), (1e10 + 1) * Math.log(.8 / 1.8),
                at(-.8109302162163288, 6.944444445138889e9));
    }

    /** Six pairs of a log-sum-exp far out: value, slope and a second derivative that underflows almost. */
    @Test
    void logSumExpFarOut() {
        body("b31", p -> {
            Expr t = p.get(0);
            Expr sum = Expr.constant(0);
            for (int i = 0; i < 6; i++) {
                sum = sum.plus(logSumExp(Expr.stack(t.times(i), t.times(i + 1))));
            }
            return sum;
        }, at(-800), -800 * 15.0, at(15), 0);
        body("b38", p -> logSumExp(p), at(-INFINITY, -INFINITY), -INFINITY, at(0, 0));
        body("b38", p -> logSumExp(p), at(-INFINITY, 0), 0, at(0, 1));
    }

    /** K5, K7 and K8: squares of operands, poles, infinite operands. */
    @Test
    void endsOfTheRange() {
        formula("b32", "digamma(x)", "x", at(0), -INFINITY, at(INFINITY));
        formula("b32", "digamma(x)", "x", at(-0.0), INFINITY, at(INFINITY));
        formula("b32", "lgamma(x)", "x", at(0), INFINITY, at(-INFINITY), INFINITY);
        formula("b35", "asinh(x)", "x", at(1e300), Math.log(2) + Math.log(1e300), at(1e-300));
        formula("b35", "acosh(x)", "x", at(1e300), Math.log(2) + Math.log(1e300), at(1e-300));
        formula("b35", "atan(x)", "x", at(1e300), Math.PI / 2, at(0));
        formula("b35", "hypot(x,y)", "x,y", at(3e200, 4e200), 5e200, at(.6, .8));
        body("b35", p -> norm2(p), at(3e200, 4e200), 5e200, at(.6, .8));
        body("b35", p -> norm2(p), at(3e-200, 4e-200), 5e-200, at(.6, .8));
        double s = Math.sqrt(.5) / 2;
        formula("b36", "hypot(x,y)", "x,y", at(1, 1), Math.sqrt(2), at(2 * s, 2 * s), s, -s, s);
        body("b37", p -> log(normalCdf(Expr.constant(INFINITY).minus(p.get(0)).dividedBy(p.get(1)))), at(0, 1), 0,
                at(0, 0), 0, 0, 0);
        for (String function : List.of("erf", "normalCdf", "tanh", "sigmoid")) {
            formula("b37", function + "(x)", "x", at(INFINITY), 1, at(0), 0);
        }
        body("b39", p -> {
            Expr x = p.get(0);
            Expr series = x.square().dividedBy(6).plus(x.times(.5)).plus(1);
            return hesse.Functions.select(hesse.Functions.equalTo(x, 0), series, hesse.Functions.expm1(x).dividedBy(x));
        }, at(0), 1, at(.5), 1.0 / 3);
        body("b25", p -> p.get(0).times(exp(p.get(1).negate())), at(1, -1000), INFINITY, at(INFINITY, -INFINITY));
    }

    /** K13: signs and powers in formulas. */
    @Test
    void grammar() {
        formula("b72", "( -x)^2", "x", at(3), 9, at(6), 2);
        formula("b72", "-3^2+0*x", "x", at(1), -9, at(0), 0);
        formula("b72", "3*-(2+2)+0*x", "x", at(1), -12, at(0), 0);
        formula("b72", "abs(-101^2+2*101-3)+0*x", "x", at(1), 10002, at(0), 0);
        formula("b72", "-x^2", "x", at(3), -9, at(-6), -2);
    }
}
