"""Values and derivatives of every elementwise function of Hesse, 25 digits, from 800-digit arithmetic (needs mpmath).

Derivatives come from 800-digit central differences of the function itself (error below 1e-30), so they share no rule with
the library. One line: name, operands, value, gradient, Hessian's lower triangle by rows.
Usage: function_answers.py > src/test/resources/hesse/functions.tsv
"""
import random
import mpmath as mp

mp.mp.dps = 800
random.seed(20261120)
ALL = [-700.5, -40.25, -12.0, -3.3, -1.7, -0.9, -0.5, -0.125, -1e-3, -1e-9, 1e-9, 1e-3, 0.125, 0.5, 0.9, 1.7, 3.3, 12.0, 40.25, 700.5]
SMALL = [x for x in ALL if abs(x) <= 41]
POSITIVE = [1e-300, 1e-12, 1e-3, 0.25, 0.75, 0.999, 1.001, 1.5, 2.0, 3.7, 10.5, 123.4, 1e5, 1e12, 1e300]
UNIT = [-0.999999, -0.95, -0.5, -0.1, -1e-5, 1e-5, 0.1, 0.5, 0.95, 0.999999]
GAMMA = [1e-5, 0.1, 0.5, 0.9, 0.99999, 1.00001, 1.3, 1.46, 1.7, 1.9999, 2.0001, 2.4, 3.5, 7.25, 9.99, 10.01, 33.3, 1e3, 1e8,
         -0.3, -0.75, -1.5, -2.25, -7.9, -20.6]
ONE = mp.mpf(1)
UNARY = {
    'NEGATE': (lambda x: -x, SMALL), 'RECIPROCAL': (lambda x: 1 / x, SMALL), 'SQUARE': (lambda x: x * x, SMALL),
    'SQRT': (mp.sqrt, POSITIVE), 'CBRT': (lambda x: mp.sign(x) * abs(x) ** (ONE / 3), ALL),
    'EXP': (mp.exp, ALL), 'EXPM1': (mp.expm1, ALL), 'LOG': (mp.log, POSITIVE), 'LOG1P': (mp.log1p, UNIT + POSITIVE[1:-1]),
    'LOG2': (lambda x: mp.log(x) / mp.log(2), POSITIVE), 'LOG10': (mp.log10, POSITIVE),
    'SIN': (mp.sin, ALL), 'COS': (mp.cos, ALL), 'TAN': (mp.tan, ALL), 'ASIN': (mp.asin, UNIT), 'ACOS': (mp.acos, UNIT),
    'ATAN': (mp.atan, ALL), 'SINH': (mp.sinh, ALL), 'COSH': (mp.cosh, ALL), 'TANH': (mp.tanh, SMALL), 'ASINH': (mp.asinh, ALL),
    'ACOSH': (mp.acosh, [1.000001, 1.1, 1.5, 2.0, 7.5, 1e5, 1e12]), 'ATANH': (mp.atanh, UNIT), 'ERF': (mp.erf, [x for x in SMALL if abs(x) < 13]),
    'ERFC': (mp.erfc, [x for x in SMALL if x > -13 and x < 26] + [5.5, 25.5]), 'NORMAL_CDF': (mp.ncdf, [x for x in SMALL if x > -38 and x < 13] + [-37.5]),
    'LGAMMA': (lambda x: mp.log(abs(mp.gamma(x))), GAMMA), 'SIGMOID': (lambda x: 1 / (1 + mp.exp(-x)), ALL),
    'SOFTPLUS': (lambda x: mp.log1p(mp.exp(x)), ALL), 'ABS': (abs, ALL), 'SIGN': (mp.sign, ALL),
    'GAUSSIAN': (lambda x: mp.exp(-x * x), [x for x in SMALL if abs(x) < 13]),
    'HALF_GAUSSIAN': (lambda x: mp.exp(-x * x / 2), [x for x in SMALL if abs(x) < 13]),
    'NORMAL_DENSITY': (mp.npdf, [x for x in SMALL if abs(x) < 13]),
    'SIGMOID_SLOPE': (lambda x: mp.exp(-abs(x)) / (1 + mp.exp(-abs(x))) ** 2, ALL),
    'SECH_SQUARED': (lambda x: mp.sech(x) ** 2, SMALL),
    'FINITE_OR_ZERO': (None, []),
}
PLANE = [(0.7, 1.3), (-0.7, 1.3), (2.5, -0.4), (-3.1, -2.2), (1e-3, 5.0), (40.5, -0.125), (0.1, 1e-4), (12.0, 11.0)]
UPPER = [(0.7, 1.3), (2.5, -0.4), (1e-3, 5.0), (40.5, -0.125), (3.0, 2.0), (0.5, 20.25), (9.0, 0.5)]
BINARY = {
    'ADD': (lambda a, b: a + b, PLANE), 'SUBTRACT': (lambda a, b: a - b, PLANE), 'MULTIPLY': (lambda a, b: a * b, PLANE),
    'DIVIDE': (lambda a, b: a / b, PLANE), 'POWER': (lambda a, b: a ** b, UPPER), 'ATAN2': (mp.atan2, PLANE),
    'HYPOT': (mp.hypot, PLANE), 'MIN': (min, PLANE), 'MAX': (max, PLANE),
    'LESS': (lambda a, b: ONE if a < b else 0 * ONE, PLANE), 'LESS_OR_EQUAL': (lambda a, b: ONE if a <= b else 0 * ONE, PLANE),
    'EQUAL': (lambda a, b: ONE if a == b else 0 * ONE, PLANE), 'NOT_EQUAL': (lambda a, b: ONE if a != b else 0 * ONE, PLANE),
    'INTEGER_POWER': (None, []), 'POLYGAMMA': (None, []),
}
SPACE = [(0.7, 1.3, -2.0), (-0.7, 1.3, 0.25), (2.5, -0.4, 4.5), (0.0, 2.0, 3.0)]
TERNARY = {
    'FMA': (lambda a, b, c: a * b + c, SPACE), 'FNMA': (lambda a, b, c: c - a * b, SPACE),
    'SELECT': (lambda c, a, b: a if c != 0 else b, SPACE),
}


def partial(f, x, i):
    def d(*y):
        h = mp.mpf(10) ** -100 * (abs(x[i]) if x[i] != 0 else 1)
        def at(k):
            z = list(y)
            z[i] = z[i] + k * h
            return f(*z)
        return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
    return d


def line(name, f, x):
    y = [mp.mpf(t) for t in x]
    n = len(y)
    firsts = [partial(f, y, i) for i in range(n)]
    out = [f(*y)]
    condition = name == 'SELECT'
    grad = [0 if condition and i == 0 else firsts[i](*y) for i in range(n)]
    hess = [0 if condition else partial(firsts[i], y, j)(*y) for i in range(n) for j in range(i + 1)]
    text = [name] + [repr(float(t)) for t in x] + [mp.nstr(t, 25) if abs(t) > 1e-320 else '0' for t in out + grad + hess]
    print('\t'.join(text))


for table in (UNARY, BINARY, TERNARY):
    for name, (f, points) in table.items():
        for x in points:
            line(name, f, x if isinstance(x, tuple) else (x,))
for n in (3, 5, 8, 13, 64):
    for x in (-1.3, -0.4, 0.6, 1.1):
        y = mp.mpf(x)
        print('\t'.join(['INTEGER_POWER', repr(x), repr(float(n))] + [mp.nstr(t, 25) for t in (y ** n, n * y ** (n - 1), n * (n - 1) * y ** (n - 2))]))
for m in (0, 1, 2, 3):
    for x in [t for t in GAMMA if t > 0 or m == 0 or m == 1]:
        y = mp.mpf(x)
        print('\t'.join(['POLYGAMMA', repr(float(m)), repr(x)] + [mp.nstr(mp.psi(m + k, y), 25) for k in (0, 1, 2)]))
for x in PLANE + [(3e200, 4e200)]:
    line('DIRECTION_COSINE', lambda a, b: a / mp.hypot(a, b), x)
