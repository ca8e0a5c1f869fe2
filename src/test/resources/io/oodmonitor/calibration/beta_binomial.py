"""Writes beta-binomial.csv: probabilities of Beta-Binomial distributions in exact arithmetic, rounded once at the end.

Run it here with any Python 3: python3 beta_binomial.py > beta-binomial.csv
"""
from fractions import Fraction
from math import comb


def rising(a, n):
    product = Fraction(1)
    for i in range(n):
        product *= a + i
    return product


def from_definition(m, a, b):
    """All probabilities of X: (m choose x) times a rising, b rising over a+b rising."""
    total = rising(a + b, m)
    return lambda x: comb(m, x) * rising(a, x) * rising(b, m - x) / total


def small(m, a, b):
    pmf = [from_definition(m, a, b)(x) for x in range(m + 1)]
    assert sum(pmf) == 1
    for x in sorted({0, 1, m // 20, m // 10, m // 3, m // 2, 9 * m // 10, m - 1, m} & set(range(m + 1))):
        yield m, a, b, x, pmf[x], sum(pmf[:x + 1]), sum(pmf[x:])


def large(m, k, n, xs):
    """By counting: m new among n old scores, X of them below the k-th old one; at least x of them are iff at most k - 1
    old ones lie below the x-th new one. Binomial coefficients stay small in the number of old scores."""
    def at_least(x):
        if x == 0:
            return Fraction(1)
        return Fraction(sum(comb(j + x - 1, j) * comb(n - j + m - x, n - j) for j in range(k)), comb(n + m, n))
    for x in xs:
        pmf = Fraction(comb(x + k - 1, k - 1) * comb(m - x + n - k, n - k), comb(n + m, n))
        yield m, k, n + 1 - k, x, pmf, 1 - at_least(x + 1), at_least(x)


def rows():
    for m, a, b in [(0, 1, 1), (1, 1, 19), (10, 2, 3), (30, 1, 19), (100, 50, 951), (300, 5, 95), (600, 50, 951)]:
        yield from small(m, Fraction(a), Fraction(b))
    for m, a, b in [(40, '0.5', '0.5'), (40, '0.125', '3.75'), (60, '2.5', '47.5'), (60, '3.5', '0.25')]:
        yield from small(m, Fraction(a), Fraction(b))
    yield from large(9000, 50, 1000, [200, 300, 400, 450, 500, 700, 1000, 3000, 5000])
    yield from large(100000, 5, 100, [1, 100, 5000, 20000, 60000, 99000])
    many = 10 ** 7
    yield from large(many, 50, 1000, [100, 10 ** 4, 10 ** 5, 300000, 500000, 700000, 10 ** 6, 3 * 10 ** 6])
    yield from large(many, 500, 2000, [10 ** 6, 2 * 10 ** 6, 25 * 10 ** 5, 3 * 10 ** 6, 5 * 10 ** 6])
    yield from large(many, 1, 19, [0, 1, 10 ** 6, 9999000, many])


print('trials,alpha,beta,x,pmf,cdf,upper')
for m, a, b, x, *probabilities in rows():
    print(m, float(a), float(b), x, *(repr(float(p)) for p in probabilities), sep=',')
