"""Independent answers for the demo: logistic loss of wdbc.csv with a ridge, 40 digits (needs mpmath).

Features are scaled by powers of two (exact), column 31 is 1. loss(b) = sum log(1 + exp z) - y z + |b|^2/2, z = x'b, y = 1 for M.
Usage: wdbc_answers.py wdbc.csv > wdbc_answers.json
"""
import csv
import json
import math
import sys
import mpmath as mp

mp.mp.dps = 40
rows = list(csv.reader(open(sys.argv[1])))[1:]
labels = [1.0 if r[1] == 'M' else 0.0 for r in rows]
features = [[float(t) for t in r[2:]] for r in rows]
exponents = [-math.frexp(max(f[j] for f in features))[1] for j in range(30)]
design = [[math.ldexp(f[j], exponents[j]) for j in range(30)] + [1.0] for f in features]
n = 31


def derivatives(b, number, exp, log):
    value = sum(number(t) ** 2 for t in b) / 2
    gradient = [number(t) for t in b]
    hessian = [[number(1) if i == j else number(0) for j in range(i + 1)] for i in range(n)]
    for x, y in zip(design, labels):
        x = [number(t) for t in x]
        z = sum(p * number(q) for p, q in zip(x, b))
        p = 1 / (1 + exp(-z))
        value += log(1 + exp(z)) - y * z
        w = p * (1 - p)
        for i in range(n):
            gradient[i] += (p - y) * x[i]
            wx = w * x[i]
            row = hessian[i]
            for j in range(i + 1):
                row[j] += wx * x[j]
    return value, gradient, hessian


def newton_step(g, h):
    a = mp.matrix(n, n)
    for i in range(n):
        for j in range(i + 1):
            a[i, j] = a[j, i] = h[i][j]
    return mp.lu_solve(a, mp.matrix(g))


solution = [0.0] * n
for _ in range(12):
    v, g, h = derivatives(solution, float, math.exp, math.log)
    s = newton_step(g, h)
    solution = [float(b - t) for b, t in zip(solution, s)]

points = {'zero': [0.0] * n, 'generic': [((5 * j) % 7 - 3) / 4 for j in range(n)], 'solution': solution}
answers = {'exponents': exponents, 'points': {}}
for name, b in points.items():
    v, g, h = derivatives(b, mp.mpf, mp.exp, mp.log)
    answers['points'][name] = {
        'b': b,
        'value': mp.nstr(v, 25),
        'gradient': [mp.nstr(t, 25) for t in g],
        'hessian_lower_rows': [[mp.nstr(t, 25) for t in row] for row in h]}
json.dump(answers, sys.stdout)
