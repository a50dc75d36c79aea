"""How well the next basket is foretold: on the shop's own last horizon, beside her habits and the shop's."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from analytics.prediction.card import finite
from analytics.prediction.category_figures import category_table
from analytics.prediction.category_visits import CategoryVisits
from analytics.prediction.measures import calibration_curve, calibration_error, log_loss
from analytics.prediction.next_category import SHOWN, fit_categories
from analytics.prediction.visits import Floats
from analytics.prediction_records import ModelCard

#: Customers measured on at most, and at least: fewer say nothing.
_MOST, _LEAST = 2000, 30
_TINY = 1e-9


def category_card(known: CategoryVisits, day: float, horizon: float, seed: int = 0) -> ModelCard | None:
    """Learn as if the last horizon were still to come, and hold what is told against the baskets that came.

    Parameters
    ----------
    known : visits, with at least one up to `day`.
    day : as `Visits.day`; nothing after it is looked at.
    horizon : days, as the model in use was learned with.

    Returns
    -------
    The card; None where too few customers came, or there was too little to learn trees from: habits are no model.
    """
    then = day - horizon
    before = np.unique(known.owner[known.day <= then])
    following = known.next_visits(then, day)[before]
    rows, following = before[following >= 0], following[following >= 0]
    if len(rows) < _LEAST:
        return None
    drawn = np.sort(np.random.default_rng(seed).permutation(len(rows))[:_MOST])
    rows, following = rows[drawn], following[drawn]
    model = fit_categories(known, then, horizon, seed)
    if model.booster is None:
        return None
    table = category_table(known, model.shop, rows)
    held = known.held(following)
    chances = model.chances(table)
    popular = np.broadcast_to(table.lately, held.shape)
    own = table.times / table.visits[:, None] + _TINY * popular
    said, came = told_of(chances, held)
    return ModelCard(
        name="next_category",
        version="",
        purpose="the categories of a customer's next basket, five told",
        trained_from=datetime.fromtimestamp(float(known.day.min()) * 86_400, UTC),
        trained_to=datetime.fromtimestamp(then * 86_400, UTC),
        metrics=finite(category_quality(chances, held)),
        baselines={
            "her frequency": finite(category_quality(own, held)),
            "popularity": finite(category_quality(popular, held)),
        },
        limits=(
            f"Measured once, on {len(rows):,} customers who came within {horizon:.0f} days of an earlier day.",
            "Told for the case that she comes within the horizon; whether she does is told by churn.",
            "Products without a category are left out; a season that is not in the data is not foretold.",
        ),
        curves={"calibration": calibration_curve(said, came)},
    )


def category_quality(chances: Floats, held: Floats) -> dict[str, float]:
    """Hold probabilities against baskets: a row a customer, a column a category.

    Returns
    -------
    dict
        next_category_hit_at_1 and _at_3 (share of the baskets that held the first, one of the first three told),
        _log_loss (over all categories), _ece (of those told).
    """
    best = np.argsort(-chances, axis=1, kind="stable")[:, :3]
    hits = np.take_along_axis(held, best, axis=1)
    said, came = told_of(chances, held)
    return {
        "next_category_hit_at_1": float(hits[:, 0].mean()),
        "next_category_hit_at_3": float(hits.max(axis=1).mean()),
        "next_category_log_loss": log_loss(chances, held),
        "next_category_ece": calibration_error(said, came),
    }


def told_of(chances: Floats, held: Floats) -> tuple[Floats, Floats]:
    """Give probability and truth of the categories that are told of each customer, flat."""
    best = np.argsort(-chances, axis=1, kind="stable")[:, :SHOWN]
    return tuple(np.take_along_axis(np.asarray(one), best, axis=1).ravel() for one in (chances, held))  # type: ignore[return-value]
