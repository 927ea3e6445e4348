#!/usr/bin/env python3
"""Coefficients of the polynomials in hesse.kernel.Elementary and its family.

Remez' exchange algorithm in 50-digit arithmetic (mpmath): the polynomial p of a degree that makes the largest weighted error
|p(z) - g(z)| w(z) on an interval smallest. Prints the coefficients, rounded to double, and log2 of the largest error with them.

    python3 minimax.py            all functions
    python3 minimax.py log        one of them
"""
import sys
from functools import cache
from mpmath import mp, mpf, cos, pi, exp, log, sin, atan, asin, sqrt, lu_solve, matrix, cbrt, erf, erfc, loggamma, digamma, psi, bernoulli, findroot

mp.dps = 50


def remez(g, w, a, b, powers, sweeps=12):
    """Coefficients of z**powers with the smallest largest error of w*(p - g) on [a, b]."""
    n = len(powers)
    points = [(a + b) / 2 - (b - a) / 2 * cos(pi * (i + mpf(1) / 2) / (n + 1)) for i in range(n + 1)]
    for _ in range(sweeps):
        m = matrix(n + 1, n + 1)
        r = matrix(n + 1, 1)
        for i, z in enumerate(points):
            for j, k in enumerate(powers):
                m[i, j] = z ** k
            m[i, n] = (-1) ** i / w(z)
            r[i] = g(z)
        solution = lu_solve(m, r)
        c = [solution[j] for j in range(n)]
        grid = [(a + b) / 2 - (b - a) / 2 * cos(pi * i / (16 * n)) for i in range(16 * n + 1)]
        e = [w(z) * (sum(cj * z ** k for cj, k in zip(c, powers)) - g(z)) for z in grid]
        extremes = []
        for i, z in enumerate(grid):
            if extremes and (e[i] > 0) == (e[extremes[-1]] > 0):
                if abs(e[i]) > abs(e[extremes[-1]]):
                    extremes[-1] = i
            else:
                extremes.append(i)
        while len(extremes) > n + 1:
            extremes.pop(0 if abs(e[extremes[0]]) < abs(e[extremes[-1]]) else -1)
        if len(extremes) < n + 1:
            break
        points = [grid[i] for i in extremes]
    return c, max(abs(v) for v in e)


def rounded(g, w, a, b, degree):
    """As remez for z**0..z**degree, the coefficients rounded to double, and the error with them."""
    c = [float(v) for v in remez(g, w, a, b, list(range(degree + 1)))[0]]
    grid = [a + (b - a) * i / 400 for i in range(401)]
    return c, max(abs(w(z) * (sum(mpf(v) * z ** i for i, v in enumerate(c)) - g(z))) for z in grid)


@cache
def scaled_erfc(x):
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def erf_over_x(z):
    return erf(sqrt(z)) / sqrt(z) if z > TINY else 2 / sqrt(pi) * (1 - z / 3)


def lgamma_over(zero, u):
    return loggamma(zero + u) / u if abs(u) > mpf(2) ** -30 else digamma(mpf(zero)) + psi(1, mpf(zero)) * u / 2


def stirling(factor, w):
    return sum(bernoulli(2 * k) * factor(k) * w ** (k - 1) for k in range(1, 14))


TINY = mpf(2) ** -40
# where erf is to be most exact, since it rises so slowly there that its errors would show as falls
ERF_MIDDLE = mpf(29) / 32
# of digamma, and what lgamma is there
ROOT = findroot(digamma, mpf("1.4616321449683623"))
LEAST = loggamma(ROOT)
LN2 = log(mpf(2))

# name: what p(z) approximates, the weight of its error in the result, interval, degree
TABLE = {
    # exp(r) = 1 + r + r^2 p(r), |r| <= ln(2)/2
    "exp": (lambda r: (exp(r) - 1 - r) / r ** 2 if abs(r) > TINY else mpf(1) / 2 + r / 6, lambda r: abs(r) + TINY, -LN2 / 2, LN2 / 2, 10),
    # log((1+s)/(1-s)) = 2 s + s z p(z), z = s^2, from sqrt(1/2) to sqrt(2)
    "log": (lambda z: (log((1 + sqrt(z)) / (1 - sqrt(z))) - 2 * sqrt(z)) / (sqrt(z) * z) if z > TINY else mpf(2) / 3 + 2 * z / 5,
            lambda z: z + TINY, TINY, ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2, 6),
    # the same with the first terms apart, for a logarithm of twice the digits: 2 s + 2/3 s z + s z^2 p(z)
    "longlog": (lambda z: (log((1 + sqrt(z)) / (1 - sqrt(z))) - 2 * sqrt(z) - 2 * sqrt(z) * z / 3) / (sqrt(z) * z * z) if z > mpf(2) ** -20
                else mpf(2) / 5 + 2 * z / 7 + 2 * z ** 2 / 9, lambda z: z ** 2 + TINY, TINY, ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2, 8),
    # sin(r) = r + r z p(z), z = r^2, |r| <= pi/4
    "sin": (lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z if z > TINY else -mpf(1) / 6 + z / 120, lambda z: z + TINY, TINY, (pi / 4) ** 2, 5),
    # cos(r) = 1 - z/2 + z^2 p(z)
    "cos": (lambda z: (cos(sqrt(z)) - 1 + z / 2) / z ** 2 if z > mpf(2) ** -20 else mpf(1) / 24 - z / 720 + z ** 2 / 40320,
            lambda z: z ** 2 + TINY, TINY, (pi / 4) ** 2, 5),
    # atan(t) = t + t z p(z), z = t^2, |t| <= 7/16
    "atan": (lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z if z > TINY else -mpf(1) / 3 + z / 5, lambda z: z + TINY, TINY, mpf(7) ** 2 / 256, 10),
    # asin(t) = t + t z p(z), z = t^2 <= 1/4
    "asin": (lambda z: (asin(sqrt(z)) / sqrt(z) - 1) / z if z > TINY else mpf(1) / 6 + 3 * z / 40, lambda z: z + TINY, TINY, mpf(1) / 4, 12),
    # erf(x) = x + x p(x^2 - ERF_MIDDLE), |x| <= 9/8
    "erf": (lambda w: erf_over_x(w + ERF_MIDDLE) - 1, lambda w: mpf(1), -ERF_MIDDLE, mpf(81) / 64 - ERF_MIDDLE, 16),
    # erfc(x) = exp(-x^2) p(t)/(1 + 2x), t = (x - 15/4)/(x + 15/4), x from 0 to 28 (Shepherd and Laframboise, Math. Comp. 36, 1981)
    "erfc": (lambda t: scaled_erfc(mpf(15) / 4 * (1 + t) / (1 - t)), lambda t: 1 / scaled_erfc(mpf(15) / 4 * (1 + t) / (1 - t)),
             mpf(-1), (28 - mpf(15) / 4) / (28 + mpf(15) / 4), 23),
    # lgamma(1 + w) = w p(w - 1/8), w to 1/4
    "lgammaone": (lambda t: lgamma_over(1, t + mpf(1) / 8), lambda t: 1 / abs(lgamma_over(1, t + mpf(1) / 8)), -mpf(1) / 8, mpf(1) / 8, 12),
    # lgamma(root + d) = lgamma(root) + d^2 p(d), from 5/4 to 7/4; lgamma is from -0.084 to -0.122 there
    "lgammaleast": (lambda d: (loggamma(ROOT + d) - LEAST) / d ** 2 if abs(d) > mpf(2) ** -20
                    else psi(1, ROOT) / 2 + psi(2, ROOT) * d / 6 + psi(3, ROOT) * d ** 2 / 24,
                    lambda d: 12 * d ** 2 + TINY, mpf(5) / 4 - ROOT, mpf(7) / 4 - ROOT, 13),
    # lgamma(2 + v) = v p(v), v from -1/4 to 1
    "lgammatwo": (lambda v: lgamma_over(2, v), lambda v: 1 / lgamma_over(2, v), -mpf(1) / 4, mpf(1), 17),
    # lgamma(x) = (x - 1/2) (log x - 1) + (log(2 pi) - 1)/2 + p(w)/x, w = 1/x^2, x from 4
    "lgammafar": (lambda w: (loggamma(1 / sqrt(w)) - (1 / sqrt(w) - mpf(1) / 2) * (-log(w) / 2 - 1) - (log(2 * pi) - 1) / 2) / sqrt(w)
                  if w > mpf(2) ** -13 else stirling(lambda k: mpf(1) / (2 * k * (2 * k - 1)), w),
                  lambda w: sqrt(w) / loggamma(1 / sqrt(w + TINY)), mpf(0), mpf(1) / 16, 7),
    # digamma(x) = (x - root) p(x - 3/2), x from 1 to 2
    "digamma": (lambda t: digamma(t + mpf(3) / 2) / (t + mpf(3) / 2 - ROOT), lambda t: mpf(1), mpf(-1) / 2, mpf(1) / 2, 22),
    # digamma(x) = log x - 1/(2x) - w p(w), w = 1/x^2, x from 2
    "digammafar": (lambda w: (-log(w) / 2 - sqrt(w) / 2 - digamma(1 / sqrt(w))) / w if w > mpf(2) ** -13
                   else stirling(lambda k: mpf(1) / (2 * k), w), lambda w: w / digamma(1 / sqrt(w + TINY)), mpf(0), mpf(1) / 4, 15),
    # trigamma(x) = p(x - 3/2), x from 1 to 2
    "trigamma": (lambda t: psi(1, t + mpf(3) / 2), lambda t: 1 / psi(1, t + mpf(3) / 2), mpf(-1) / 2, mpf(1) / 2, 23),
    # trigamma(x) = 1/x + w/2 + w/x p(w), w = 1/x^2, x from 2
    "trigammafar": (lambda w: (psi(1, 1 / sqrt(w)) - sqrt(w) - w / 2) / (w * sqrt(w)) if w > mpf(2) ** -13
                    else stirling(lambda k: 1, w), lambda w: w * sqrt(w) / psi(1, 1 / sqrt(w + TINY)), mpf(0), mpf(1) / 4, 17),
    # the inverse cube root of r = x s^3, where the bits of s are 2^52 (1364 - 0.1009) minus a third of those of x
    "cbrt": (lambda r: 1 / cbrt(r), lambda r: cbrt(r), mpf("0.8486"), mpf("1.0289"), 4),
}


def main(names):
    for name in names or TABLE:
        g, w, a, b, degree = TABLE[name]
        c, error = rounded(g, w, a, b, degree)
        print(f"// {name}: largest error 2^{float(log(error) / LN2):.1f}")
        print("\n".join(f"    {name.upper()}_{i} = {v!r};" for i, v in enumerate(c)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
