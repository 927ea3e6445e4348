"""Coefficients of hesse.kernel.function.Gamma, from 60-digit arithmetic (needs mpmath): the Bernoulli numbers, and the root of digamma."""
import mpmath as mp

mp.mp.dps = 60

for k in range(1, 13):
    print(repr(float(mp.bernoulli(2 * k))))
root = mp.findroot(mp.digamma, mp.mpf("1.4616321449683623")) - 1
print(repr(float(root)), repr(float(root - mp.mpf(float(root)))))
