"""Coefficients of hesse.kernel.Special, from 60-digit arithmetic (needs mpmath): zeta(k) - 1 and the Bernoulli numbers."""
import mpmath as mp

mp.mp.dps = 60


def show(name, values):
    print("    private static final double[] %s = {" % name)
    text = [repr(float(v)) for v in values]
    for i in range(0, len(text), 4):
        print("        " + ", ".join(text[i:i + 4]) + ",")
    print("    };")


show("ZETA", [mp.zeta(k) - 1 for k in range(2, 30)])
show("BERNOULLI", [mp.bernoulli(2 * k) for k in range(1, 13)])
