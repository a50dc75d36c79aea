"""A made-up shop whose customers follow rules that a ranking can find: what they buy again, and what comes next."""

from __future__ import annotations

import numpy as np

from analytics.recommendation.purchases import Purchases, Range

#: Products come in families of so many; who buys the first of a family will buy the others one after the other.
FAMILY, FAMILIES = 8, 30


def planted_shop(customers: int = 400, days: float = 200.0, seed: int = 3) -> tuple[Purchases, Range]:
    """Give purchases of customers who each keep to two families, and move one product further every few baskets."""
    chance = np.random.default_rng(seed)
    rows: list[tuple[int, int, int, float, int]] = []
    basket = 0
    for customer in range(customers):
        families = chance.choice(FAMILIES, 2, replace=False)
        reached = chance.integers(0, 3, 2)
        age = float(days - chance.uniform(0, 20))
        while age > 0:
            reached = np.minimum(reached + (chance.random(2) < 0.3), FAMILY - 1)
            bought = {
                int(family * FAMILY + max(top - chance.integers(0, 3), 0))
                for family, top in zip(families, reached, strict=True)
            }
            bought.add(int(chance.integers(FAMILY * FAMILIES)))
            rows += [(customer, product, basket, age, int(chance.integers(1, 4))) for product in sorted(bought)]
            basket += 1
            age -= float(chance.uniform(5, 20))
    customer, product, number, ages, pieces = (np.array(column) for column in zip(*rows, strict=True))
    every = np.arange(FAMILY * FAMILIES)
    return (
        Purchases(
            customers=np.array([f"c{number:04}" for number in range(customers)]),
            customer=customer.astype(np.int32),
            product=product.astype(np.int32),
            basket=number.astype(np.int32),
            age=ages.astype(np.float32),
            quantity=pieces.astype(np.float32),
        ),
        Range(
            products=np.array([f"p{product:03}" for product in every]),
            groups=every.astype(np.int32),
            categories=(every // FAMILY).astype(np.int32),
            prices=(1.0 + every % FAMILY).astype(np.float32),
            texts=tuple(f"family{product // FAMILY} member{product % FAMILY}" for product in every),
        ),
    )
