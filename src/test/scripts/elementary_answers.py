#!/usr/bin/env python3
"""Values of elementary functions to 32 digits, for ElementaryErrorTest.

Writes lines "function x [y] high low": high is the value rounded to double and low what that lost, all as hexadecimal doubles.
Points cover each function's domain evenly, on a logarithmic scale, near its zeros and near the ends of its range; sin, cos and
tan also near multiples of pi/2, where reduction is hardest (6381956970095103 * 2^797 is the worst double of all; Muller et al.,
Handbook of Floating-Point Arithmetic, section 11). Computed with mpmath at 1,500 bits.

    python3 elementary_answers.py > ../resources/hesse/kernel/elementary.txt
"""
import math
import random
from mpmath import mp, mpf, acos, acosh, asin, asinh, atanh, psi, atan, atan2, cbrt, cos, cosh, exp, expm1, log, log1p, pi, sin, sinh, tan, tanh, erf, erfc, ncdf, loggamma, digamma

mp.prec = 1500
random.seed(1)
COUNT = 60
LIMIT = mpf(2) ** 1024 - mpf(2) ** 970


def real_cbrt(x):
    return cbrt(x) if x >= 0 else -cbrt(-x)


def even(a, b):
    return [random.uniform(a, b) for _ in range(COUNT)]


def scales(a, b, both=True):
    return [random.choice([-1, 1] if both else [1]) * random.uniform(1, 2) * 2.0 ** random.randint(a, b) for _ in range(COUNT)]


def around(x, count=COUNT):
    return [x + random.choice([-1, 1]) * abs(x) * random.uniform(1, 2) * 2.0 ** -random.randint(3, 52) for _ in range(count)]


def multiples():
    points = [6381956970095103.0 * 2.0 ** 797]
    for _ in range(COUNT):
        points.append(float(mpf(random.randint(1, 2 ** random.randint(1, 60))) * pi / 2))
    return points


circle = even(-7, 7) + scales(-60, 0) + scales(0, 1000) + multiples()
positive = scales(-1070, 1020, False) + around(1.0) + even(0.5, 2) + [5e-324, 1.7976931348623157e308]
TABLE = {
    "exp": (exp, even(-1, 1) + even(-746, 710) + scales(-60, 0) + even(-746, -708) + around(709.7, 10)),
    "exp2": (lambda x: mpf(2) ** x, even(-1, 1) + even(-1076, 1024) + scales(-60, 0)),
    "expm1": (expm1, even(-1, 1) + even(-50, 710) + scales(-1060, 0) + around(0.34657359, 20) + around(-0.34657359, 20)),
    "log": (log, positive), "log2": (lambda x: log(x) / log(mpf(2)), positive), "log10": (lambda x: log(x) / log(mpf(10)), positive),
    "log1p": (log1p, even(-1, 1) + scales(-1060, -1) + scales(0, 1020, False) + [-1 + 2.0 ** -k for k in range(1, 54)]),
    "sin": (sin, circle), "cos": (cos, circle), "tan": (tan, circle),
    "asin": (asin, even(-1, 1) + scales(-1060, -1) + [1 - 2.0 ** -k for k in range(1, 54)] + around(0.5)),
    "acos": (acos, even(-1, 1) + scales(-60, -1) + [1 - 2.0 ** -k for k in range(1, 54)] + [-1 + 2.0 ** -k for k in range(1, 54)]),
    "atan": (atan, even(-4, 4) + scales(-1060, 1020) + around(0.4375, 10) + around(0.6875, 10) + around(1.1875, 10) + around(2.4375, 10)),
    "sinh": (sinh, even(-3, 3) + even(-710, 710) + scales(-1060, 0)), "cosh": (cosh, even(-3, 3) + even(-710, 710) + scales(-60, 0)),
    "tanh": (tanh, even(-3, 3) + even(-22, 22) + scales(-1060, 0)),
    "cbrt": (real_cbrt, scales(-1070, 1020) + even(-8, 8) + [5e-324]),
}
PAIRS = {
    "pow": (lambda x, y: x ** y, [(abs(a), b) for a, b in zip(even(0, 4) + around(1.0), even(-40, 40) + even(-1e4, 1e4))]
            + [(x, random.uniform(-1, 1) * 740 / max(1e-300, abs(math.log(x)))) for x in positive if x != 1 and x > 0]
            + [(-3.0, float(k)) for k in range(-20, 21)]),
    "atan2": (atan2, list(zip(even(-4, 4) + scales(-500, 500), even(-4, 4) + scales(-500, 500)))),
    "hypot": (lambda x, y: (x * x + y * y) ** mpf("0.5"), list(zip(even(-4, 4) + scales(-1060, 1020), even(-4, 4) + scales(-1060, 1020)))),
}


def line(name, arguments, value):
    if abs(value) >= LIMIT:
        return
    high = float(value)
    print(name, " ".join(x.hex() for x in arguments), high.hex(), float(value - mpf(high)).hex())


for name, (function, points) in TABLE.items():
    for x in points:
        line(name, [x], function(mpf(x)))
LATER = {
    "erf": (erf, even(-2, 2) + even(-6, 6) + scales(-1060, 0) + around(1.125)),
    "erfc": (erfc, even(-2, 2) + even(-6, 26.5) + scales(-60, 4) + around(1e-3)),
    "normalCdf": (ncdf, even(-2, 2) + even(-37.5, 9) + scales(-60, 5)),
    "lgamma": (lambda x: loggamma(x).real, even(0, 3) + even(0, 20) + scales(-60, 60, False) + around(1.0) + around(2.0) + around(2.5)),
    "digamma": (digamma, even(0, 3) + even(0, 20) + scales(-60, 60, False) + around(1.4616321449683622) + around(1.0) + around(2.0)),
}
for name, (function, points) in PAIRS.items():
    for x, y in points:
        if x == 0 or y == 0:
            continue
        line(name, [x, y], function(mpf(x), mpf(y) if name != "pow" or y != int(y) else int(y)))
LAST = {
    "sigmoid": (lambda x: 1 / (1 + exp(-x)), even(-2, 2) + even(-745, 40) + scales(-60, 0)),
    "softplus": (lambda x: log1p(exp(x)), even(-2, 2) + even(-745, 40) + scales(-60, 9) + around(0.5)),
    "asinh": (asinh, even(-4, 4) + scales(-1060, 1020) + around(2.0) + around(2.0 ** 28, 10)),
    "acosh": (acosh, even(1, 4) + scales(0, 1020, False) + [1 + 2.0 ** -k for k in range(1, 53)] + around(2.0 ** 28, 10)),
    "atanh": (atanh, even(-1, 1) + scales(-1060, -1) + [1 - 2.0 ** -k for k in range(1, 54)]),
    "lgamma": (lambda x: loggamma(x).real, around(0.5) + around(1.25) + around(1.75) + around(3.0) + around(4.0)),
    "trigamma": (lambda x: psi(1, x), even(0, 3) + even(0, 20) + scales(-60, 60, False) + around(1.0) + around(2.0)),
}
for name, (function, points) in [*LATER.items(), *LAST.items()]:
    for x in points:
        line(name, [x], function(mpf(x)))
