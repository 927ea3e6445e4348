#!/usr/bin/env python3
"""Answers for hesse.cli.RulesTest: functions and compositions c f(x) at the ends of their ranges, for factors c of 10^-300 to 10^300.

Value, slope and second derivative by x come from forward differentiation in 60-digit arithmetic without bounds of the exponent (mpmath),
at the doubles c and x. A derivative in doubles can only be as good as the largest term that its chain of rules adds up: the last two
columns hold these terms. Left out are points at which the value in doubles already differs (a sum that overflows), and those at which
a partial result u of f is out of range, or its exact derivatives du/dx and d2u/dx2 or c df/du are, though the answer is not: these
numbers themselves travel along the chain, and no local rule can help there.

    python3 rules.py > ../resources/hesse/rules.tsv
"""
import sys
from mpmath import mp, mpf, inf, isinf, isnan
import mpmath as m

mp.dps = 60
LEAST, MOST = mpf(10) ** -306, mpf(10) ** 306
TAPE = []


def near(v):
    """The nearest double, infinite beyond them."""
    if isnan(v) or isinf(v):
        return v
    if abs(v) < mpf(10) ** -330:
        return mpf(0)
    return mpf(float(v)) if abs(v) < mpf(2) ** 1024 else mpf(inf) * m.sign(v)


class T:
    """A value, its two derivatives, their largest terms, and the value as doubles would have it."""

    def __init__(self, v, double, parents=(), d=mpf(0), dd=mpf(0), term=mpf(0), sterm=mpf(0)):
        self.v, self.double, self.parents, self.d, self.dd, self.term, self.sterm = v, double, parents, d, dd, term, sterm
        self.adjoint = mpf(0)
        TAPE.append(self)

    @staticmethod
    def of(a):
        return a if isinstance(a, T) else T(mpf(a), mpf(a))

    def unary(self, f, f1, f2):
        s1, s2 = f1(self.v), f2(self.v)
        try:
            double = near(f(self.double))
        except (ValueError, OverflowError, ZeroDivisionError):
            double = mpf('nan')
        return T(f(self.v), double, ((self, s1),), s1 * self.d, s2 * self.d ** 2 + s1 * self.dd,
                 abs(s1) * self.term, max(abs(s2 * self.d ** 2), abs(s1) * self.sterm))

    def binary(self, other, f, fa, fb, faa, fab, fbb):
        a, b = self, T.of(other)
        sa, sb = fa(a.v, b.v), fb(a.v, b.v)
        parts = [faa(a.v, b.v) * a.d ** 2, 2 * fab(a.v, b.v) * a.d * b.d, fbb(a.v, b.v) * b.d ** 2]
        try:
            double = near(f(a.double, b.double))
        except (ValueError, ZeroDivisionError):
            double = mpf('nan')
        return T(f(a.v, b.v), double, ((a, sa), (b, sb)), sa * a.d + sb * b.d, sum(parts) + sa * a.dd + sb * b.dd,
                 max(abs(sa) * a.term, abs(sb) * b.term), max([abs(p) for p in parts] + [abs(sa) * a.sterm, abs(sb) * b.sterm]))

    def __add__(self, o):
        return self.binary(o, lambda a, b: a + b, lambda a, b: 1, lambda a, b: 1, *[lambda a, b: 0] * 3)

    def __sub__(self, o):
        return self.binary(o, lambda a, b: a - b, lambda a, b: 1, lambda a, b: -1, *[lambda a, b: 0] * 3)

    def __mul__(self, o):
        return self.binary(o, lambda a, b: a * b, lambda a, b: b, lambda a, b: a, lambda a, b: 0, lambda a, b: 1, lambda a, b: 0)

    def __truediv__(self, o):
        return self.binary(o, lambda a, b: mpf(0) if isinf(b) and not isinf(a) else a / b, lambda a, b: 1 / b, lambda a, b: -a / b ** 2,
                           lambda a, b: 0, lambda a, b: -1 / b ** 2, lambda a, b: 2 * a / b ** 3)

    def __radd__(self, o): return T.of(o) + self
    def __rsub__(self, o): return T.of(o) - self
    def __rmul__(self, o): return T.of(o) * self
    def __rtruediv__(self, o): return T.of(o) / self
    def __neg__(self): return self.unary(lambda v: -v, lambda v: -1, lambda v: 0)

    def __pow__(self, n):
        n = mpf(n)
        return self.unary(lambda v: v ** n, lambda v: n * v ** (n - 1), lambda v: n * (n - 1) * v ** (n - 2))

    def __rpow__(self, base):
        log = m.log(mpf(base))
        return self.unary(lambda v: mpf(base) ** v, lambda v: log * mpf(base) ** v, lambda v: log ** 2 * mpf(base) ** v)


def exp(v):
    return mpf(0) if v == -inf else m.exp(v)


def sech2(v):
    e = exp(-2 * abs(v))
    return 4 * e / (1 + e) ** 2


def phi(v):
    return exp(-v * v / 2) / m.sqrt(2 * m.pi)


G2 = 2 / m.sqrt(m.pi)
UNARY = {
    'exp': (exp, exp, exp),
    'expm1': (lambda v: v if v == inf else m.expm1(v), exp, exp),
    'log': (m.log, lambda v: 1 / v, lambda v: -1 / v ** 2),
    'log1p': (m.log1p, lambda v: 1 / (1 + v), lambda v: -1 / (1 + v) ** 2),
    'log2': (lambda v: m.log(v) / m.log(2), lambda v: 1 / v / m.log(2), lambda v: -1 / v ** 2 / m.log(2)),
    'log10': (lambda v: m.log(v) / m.log(10), lambda v: 1 / v / m.log(10), lambda v: -1 / v ** 2 / m.log(10)),
    'sqrt': (m.sqrt, lambda v: 1 / (2 * m.sqrt(v)), lambda v: -v ** (mpf(-3) / 2) / 4),
    'cbrt': (m.cbrt, lambda v: v ** (mpf(-2) / 3) / 3, lambda v: -2 * v ** (mpf(-5) / 3) / 9),
    'sin': (m.sin, m.cos, lambda v: -m.sin(v)),
    'asin': (m.asin, lambda v: 1 / m.sqrt(1 - v * v), lambda v: v / (1 - v * v) ** mpf(1.5)),
    'acos': (m.acos, lambda v: -1 / m.sqrt(1 - v * v), lambda v: -v / (1 - v * v) ** mpf(1.5)),
    'atan': (m.atan, lambda v: 1 / (1 + v * v), lambda v: -2 * v / (1 + v * v) ** 2),
    'sinh': (m.sinh, m.cosh, m.sinh),
    'cosh': (m.cosh, m.sinh, m.cosh),
    'tanh': (m.tanh, sech2, lambda v: -2 * m.tanh(v) * sech2(v)),
    'asinh': (m.asinh, lambda v: 1 / m.sqrt(1 + v * v), lambda v: -v / (1 + v * v) ** mpf(1.5)),
    'acosh': (m.acosh, lambda v: 1 / m.sqrt(v * v - 1), lambda v: -v / (v * v - 1) ** mpf(1.5)),
    'atanh': (m.atanh, lambda v: 1 / (1 - v * v), lambda v: 2 * v / (1 - v * v) ** 2),
    'erf': (m.erf, lambda v: G2 * exp(-v * v), lambda v: -2 * v * G2 * exp(-v * v)),
    'erfc': (lambda v: mpf(0) if v == inf else m.erfc(v), lambda v: -G2 * exp(-v * v), lambda v: 2 * v * G2 * exp(-v * v)),
    'normalCdf': (lambda v: m.erfc(-v / m.sqrt(2)) / 2, phi, lambda v: -v * phi(v)),
    'sigmoid': (lambda v: 1 / (1 + exp(-v)), lambda v: 1 / (1 + exp(-v)) / (1 + exp(v)),
                lambda v: 1 / (1 + exp(-v)) / (1 + exp(v)) * -m.tanh(v / 2)),
    'softplus': (lambda v: m.log1p(exp(v)), lambda v: 1 / (1 + exp(-v)), lambda v: 1 / (1 + exp(-v)) / (1 + exp(v))),
    'lgamma': (lambda v: m.loggamma(v), lambda v: m.digamma(v), lambda v: m.psi(1, v)),
    'digamma': (lambda v: m.digamma(v), lambda v: m.psi(1, v), lambda v: m.psi(2, v)),
}
NAMES = {name: (lambda rules: lambda a: T.of(a).unary(*rules))(rules) for name, rules in UNARY.items()}
NAMES['hypot'] = lambda a, b: T.of(a).binary(b, lambda a, b: m.sqrt(a * a + b * b), lambda a, b: a / m.sqrt(a * a + b * b),
    lambda a, b: b / m.sqrt(a * a + b * b), lambda a, b: b * b / (a * a + b * b) ** mpf(1.5), lambda a, b: -a * b / (a * a + b * b) ** mpf(1.5),
    lambda a, b: a * a / (a * a + b * b) ** mpf(1.5))
NAMES['atan2'] = lambda y, x: T.of(y).binary(x, lambda y, x: m.atan2(y, x), lambda y, x: x / (x * x + y * y), lambda y, x: -y / (x * x + y * y),
    lambda y, x: -2 * x * y / (x * x + y * y) ** 2, lambda y, x: (y * y - x * x) / (x * x + y * y) ** 2, lambda y, x: 2 * x * y / (x * x + y * y) ** 2)

WIDE = [s * mpf(10) ** e for e in range(-300, 301, 60) for s in (1, -1)]
POSITIVE = [s * mpf(10) ** e for e in range(-300, 301, 40) for s in (1, 3)]
USUAL = [mpf(x) for x in (-1e4, -800, -746, -710, -700, -400, -100, -37, -5, -1, -.25, .25, 1, 5, 37, 100, 400, 700, 710, 746, 800, 1e4)]
BELOW_ONE = [s * mpf(10) ** e for e in range(-300, 0, 50) for s in (1, -1)] + [mpf(x) for x in (.5, -.5, .999, 1 - 2 ** -40, 1 - 2 ** -53)]
FUNCTIONS = [
    (USUAL, ['log(1+exp(x))', 'log(exp(x)+exp(2*x))', 'log(1/(1+exp(-x)))', 'log(exp(-x^2))', 'log(normalCdf(x))', 'log(erfc(x))',
             'log(.3*exp(-(x-1)^2/2)+.7*exp(-(x+1)^2/2))', '1/(1+exp(-x))', '(1+exp(x))^-3', '(1+exp(x))^-0.5', '1/expm1(x)', 'x/expm1(x)',
             '1/cosh(x)', '1/sinh(x)', 'exp(x)/(exp(x)+exp(-x))', 'exp(x)*(1/(exp(x)+1))', 'exp(-exp(x))', 'exp(-cosh(x))', 'tanh(exp(x))',
             'atan(exp(x))', 'sigmoid(exp(x))', 'softplus(-exp(x))', 'erf(exp(x))', 'erfc(exp(x))', 'normalCdf(sinh(x))', 'normalCdf(-exp(x))',
             '1/(1+x^2*exp(x))', 'log1p(exp(-x^2))', 'log(log1p(exp(x)))', '2^x', '1.5^x', '10^x', 'expm1(-exp(x))', 'sqrt(1/(1+exp(x)))',
             'exp(x)', 'sinh(x)', 'cosh(x)', 'softplus(x)', 'log(sigmoid(x))', 'log(softplus(x))', 'sigmoid(x)*exp(x/2)']),
    (WIDE + USUAL, ['atan(x)', 'asinh(x)', 'tanh(x)', 'sigmoid(x)', 'erf(x)', 'erfc(x)', 'normalCdf(x)', 'exp(-x^2)', 'exp(-x^2/2)',
                    '1/x', '1/x^2', 'x^-3', 'x^-12', '1/x^12', 'x^-40', '3/x', 'x/(1+x)', '1/(1+x^2)', 'hypot(x,3)', 'hypot(x,2*x)',
                    'atan2(x,3)', 'atan2(2,x)', 'x^2', 'x^5']),
    (POSITIVE, ['x^-12.5', 'x^-0.5', 'x^0.5', 'x^1.5', 'sqrt(x)', 'cbrt(x)', 'log(x)', 'log1p(x)', 'log2(x)', 'log10(x)', 'lgamma(x)',
                'digamma(x)', '1/sqrt(x)', 'exp(-1/x)', 'log(x)/x', 'log(1+1/x)', 'acosh(1+x)', 'sqrt(x)^3', 'log(1/x)', 'exp(-1/x^2)']),
    (BELOW_ONE, ['atanh(x)', 'asin(x)', 'acos(x)', 'log1p(x)', 'expm1(x)', 'sin(x)']),
]
SCALES = [mpf(10) ** e for e in (-300, -150, 0, 150, 300)]


def within(v):
    return v == 0 or LEAST <= abs(v) <= MOST


def too_large(t):
    return not isinf(t.double) and max(abs(t.v), abs(t.d), abs(t.dd), abs(t.adjoint)) > MOST


def too_small(t):
    return any(0 < abs(v) < LEAST for v in (t.v, t.d, t.dd, t.adjoint))


def rows():
    for points, texts in FUNCTIONS:
        for text in texts:
            for point in points:
                x0 = near(point)
                for scale in SCALES:
                    TAPE.clear()
                    x = T(x0, x0, d=mpf(1), term=mpf(1))
                    try:
                        f = eval(text.replace('^', '**'), dict(NAMES), {'x': x})
                        y = near(scale) * f
                    except (ValueError, ZeroDivisionError, OverflowError):
                        continue
                    if any(isnan(t.v) or isinf(t.v) or isinstance(t.v, m.mpc) or isinstance(t.double, m.mpc) or isnan(t.double) for t in TAPE):
                        continue
                    if not within(y.v) or not abs(y.double - y.v) <= mpf(10) ** -9 * abs(y.v):
                        # what is right beyond the range: 0
                        if not (y.double == 0 and abs(y.v) < LEAST):
                            continue
                    y.adjoint = mpf(1)
                    for t in reversed(TAPE):
                        for parent, slope in t.parents:
                            parent.adjoint += t.adjoint * slope
                    if abs(y.term) > MOST or abs(y.sterm) > MOST or any(too_large(t) for t in TAPE):
                        continue
                    zero = max(abs(y.v), abs(y.d), abs(y.dd)) < LEAST
                    if zero and scale != 1 or not zero and any(isinf(t.double) or too_small(t) for t in TAPE):
                        continue
                    yield [text] + [repr(float(near(v))) for v in (near(scale), x0, y.v, y.d, y.dd, y.term, y.sterm)]


for row in rows():
    print('\t'.join(row))
