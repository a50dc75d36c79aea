"""What sells now: buyers of late and their direction, how long a product is here, how often it is bought again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.ledger import Ledger

Floats = NDArray[np.float32]

#: Days of the windows in which buyers are counted.
WINDOWS = (7.0, 14.0, 30.0, 90.0)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Trends:
    """Arrays over the products.

    Attributes
    ----------
    buyers : (products × windows), customers who bought it in the last days of each of `WINDOWS`.
    everyone : customers who ever bought it.
    rising : buyers of the last 14 days against what the last 90 would bring, as a logarithm.
    on_shelf : days since it was first sold; last_sold : days since it was sold last.
    again : share of its buyers of more than 30 days ago who bought it another time.
    rhythm : days between two purchases of it by one customer, the mean; nan where nobody bought it twice.
    pieces : quantity in one purchase, the mean logarithm.
    """

    buyers: Floats
    everyone: Floats
    rising: Floats
    on_shelf: Floats
    last_sold: Floats
    again: Floats
    rhythm: Floats
    pieces: Floats


def trends_of(ledger: Ledger) -> Trends:
    """Count what the trends tell."""
    width, product, age = ledger.width, ledger.product, ledger.age
    # Lines are sorted by customer, product and age: a pair begins with its latest purchase.
    pair = ledger.customer.astype(np.int64) * max(width, 1) + product
    begins = np.flatnonzero(np.concatenate([[True], np.diff(pair) != 0])) if len(pair) else np.empty(0, np.int64)
    ends = np.concatenate([begins[1:], [len(pair)]]) - 1 if len(pair) else begins
    of_pair, latest, oldest = product[begins], age[begins], age[ends]
    buyers = np.stack([np.bincount(of_pair[latest < days], minlength=width) for days in WINDOWS], axis=1)
    everyone = np.bincount(of_pair, minlength=width)
    several = ends > begins
    early = oldest > 30
    gaps = np.bincount(of_pair[several], (oldest - latest)[several], width)
    steps = np.bincount(of_pair[several], (ends - begins)[several], width)
    on_shelf, last_sold = np.zeros(width, np.float32), np.full(width, np.inf, np.float32)
    np.maximum.at(on_shelf, product, age)
    np.minimum.at(last_sold, product, age)
    lines = np.bincount(product, minlength=width)
    with np.errstate(divide="ignore", invalid="ignore"):
        rhythm = np.where(steps > 0, gaps / steps, np.nan)
    early_buyers = np.bincount(of_pair[early], minlength=width)
    return Trends(
        buyers=buyers.astype(np.float32),
        everyone=everyone.astype(np.float32),
        rising=np.log((buyers[:, 1] + 1) / (buyers[:, 3] * np.float32(WINDOWS[1] / WINDOWS[3]) + 1)).astype(np.float32),
        on_shelf=on_shelf,
        last_sold=last_sold,
        again=((np.bincount(of_pair[early & several], minlength=width) + 1) / (early_buyers + 5)).astype(np.float32),
        rhythm=rhythm.astype(np.float32),
        pieces=(np.bincount(product, np.log1p(ledger.quantity), width) / np.maximum(lines, 1)).astype(np.float32),
    )
