"""Coefficients of hesse.kernel.Special, from 60-digit arithmetic (needs mpmath).

erfc: Chebyshev interpolation of (1 + 2x) exp(x^2) erfc(x) in t = (x - K)/(x + K), x in [0, inf)
      (the mapping of Shepherd and Laframboise, Math. Comp. 36, 1981).
erf:  Chebyshev interpolation of erf(x)/x in x^2 on [0, 1], converted to powers.
lgamma: zeta(k) - 1.
"""
import mpmath as mp
mp.mp.dps = 60
K = mp.mpf(3.75)

def chebyshev(f, count):
    nodes = [mp.cos(mp.pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    values = [f(t) for t in nodes]
    c = [2 * mp.fsum(v * mp.cos(mp.pi * j * (2 * k + 1) / (2 * count)) for k, v in enumerate(values)) / count for j in range(count)]
    c[0] /= 2
    return c

def scaled(t):
    x = K * (1 + t) / (1 - t)
    r = mp.erfc(x) * mp.exp(x * x) if x < 60 else 1 / (mp.sqrt(mp.pi) * x) * mp.nsum(lambda k: (-1) ** int(k) * mp.fac2(2 * int(k) - 1) / (2 * x * x) ** int(k), [0, 30])
    return (1 + 2 * x) * r

def powers(c):
    """Chebyshev coefficients on [-1, 1] to powers of s in [0, 1], t = 2s - 1."""
    out = [mp.mpf(0)] * len(c)
    t0, t1 = [mp.mpf(1)], [mp.mpf(-1), mp.mpf(2)]
    polys = [t0, t1]
    for _ in range(len(c) - 2):
        p = [mp.mpf(0)] * (len(polys[-1]) + 1)
        for i, v in enumerate(polys[-1]):
            p[i] -= 2 * v
            p[i + 1] += 4 * v
        for i, v in enumerate(polys[-2]):
            p[i] -= v
        polys.append(p)
    for a, p in zip(c, polys):
        for i, v in enumerate(p):
            out[i] += a * v
    return out

def show(name, values):
    print("    private static final double[] %s = {" % name)
    text = [repr(float(v)) for v in values]
    for i in range(0, len(text), 4):
        print("        " + ", ".join(text[i:i + 4]) + ",")
    print("    };")

show("ERFC", [c for c in chebyshev(scaled, 48) if abs(c) > 2e-18])
show("ERF", powers(chebyshev(lambda t: mp.erf(mp.sqrt((t + 1) / 2)) / mp.sqrt((t + 1) / 2), 15)))
show("ZETA", [mp.zeta(k) - 1 for k in range(2, 30)])
show("BERNOULLI", [mp.bernoulli(2 * k) for k in range(1, 13)])
