"""Who answers a campaign: learned from campaigns that are over, asked of one like the largest of late."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from analytics.prediction.answer_model import AnswerModel, fit_answers
from analytics.prediction.campaign_figures import Askings, askings_of
from analytics.prediction.visits import Floats, as_day
from analytics.prediction_records import Basis, Prediction

#: Days a campaign is given to be answered where none was ever run.
_USUAL_DAYS = 30
#: Answers without which no model is learned.
LEAST_ANSWERS = 30
#: Share of askings answered in an average shop, and the askings it counts for; and those the shop counts for.
_USUAL_SHARE, _USUAL_ASKED = 0.03, 50.0
_SHOP_ASKED = 10.0
#: Askings a model's probability counts for, where its range is told.
_MODEL_ASKED = 40.0
#: The campaign that is asked about: now, as the largest of the last half year was, to everybody with an order.
_NEXT = "a campaign that begins now"
_ASK = """
CREATE OR REPLACE TEMP TABLE next_asked AS
WITH largest AS (
    SELECT campaign_id, least(max(until_at - asked_at), INTERVAL 60 DAY) AS length FROM asked WHERE asked_at <= $now
    GROUP BY campaign_id ORDER BY max(asked_at) > $now::TIMESTAMP - INTERVAL 180 DAY DESC, count(*) DESC LIMIT 1
)
SELECT customer_id, $now::TIMESTAMP + (SELECT length FROM largest) AS until_at,
       (SELECT campaign_id FROM largest) AS like_campaign
FROM orders WHERE placed_at <= $now GROUP BY customer_id
"""


def predict_answers(
    sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str = "UTC", *, seed: int = 0
) -> dict[str, Prediction]:
    """Foretell how likely each customer with an order answers a campaign that begins now.

    Parameters
    ----------
    sales, now : see `askings_with_next`.
    timezone : not needed, there for the sake of the other predictions.
    seed : the same seed on the same data gives the same predictions.

    Returns
    -------
    {customer id: prediction of kind "answer"}; empty for a shop that never asked anybody.
    """
    del timezone
    askings = askings_with_next(sales, now)
    return {} if askings is None else told_answers(askings, as_day(now), seed)


def askings_with_next(sales: duckdb.DuckDBPyConnection, now: datetime) -> Askings | None:
    """Give all askings so far, and one of every customer with an order by a campaign that begins now.

    Parameters
    ----------
    sales : a connection with the tables that `campaign_figures.askings_of` reads. Rows for the campaign to come are
        added to its tables `asked` and `asked_products` and taken out again.
    now : aware; nothing after it is looked at.

    Returns
    -------
    None for a shop that never asked anybody.
    """
    moment = now.astimezone(UTC).replace(tzinfo=None)
    known = sales.execute("SELECT count(*) FROM asked WHERE asked_at <= $now", {"now": moment}).fetchone()
    if not known or not known[0]:
        return None
    sales.execute(_ASK, {"now": moment})
    sales.execute(
        "INSERT INTO asked SELECT $id, customer_id, $now, until_at, NULL FROM next_asked", {"id": _NEXT, "now": moment}
    )
    sales.execute(
        "INSERT INTO asked_products SELECT $id, product_id FROM asked_products "
        "WHERE campaign_id = (SELECT any_value(like_campaign) FROM next_asked)",
        {"id": _NEXT},
    )
    try:
        return askings_of(sales, now)
    finally:
        sales.execute("DELETE FROM asked WHERE campaign_id = $id", {"id": _NEXT})
        sales.execute("DELETE FROM asked_products WHERE campaign_id = $id", {"id": _NEXT})


def over(askings: Askings, day: float) -> tuple[NDArray[np.bool_], Floats]:
    """Give which askings are over by `day`, so that no answer is a no, and the answers of all, 1.0 or 0.0."""
    answered = (askings.answered <= np.minimum(askings.until, day)).astype(np.float64)
    return askings.until <= day, answered


def told_answers(askings: Askings, day: float, seed: int = 0) -> dict[str, Prediction]:
    """Foretell the answers of those who are asked on `day`, as `askings_with_next` of that moment has them."""
    asked_now = (askings.asked >= day - 1e-6) & np.isnan(askings.answered)
    past, answered = over(askings, day)
    rows = np.flatnonzero(asked_now)
    usual = (answered[past].sum() + _USUAL_SHARE * _USUAL_ASKED) / (past.sum() + _USUAL_ASKED)
    model: AnswerModel | None = None
    if min(answered[past].sum(), past.sum() - answered[past].sum()) >= LEAST_ANSWERS:
        model = fit_answers(askings.figures[past], answered[past], seed)
    if model is None:
        known = askings.times_asked[rows]
        chance = (askings.answers[rows] + _SHOP_ASKED * usual) / (known + _SHOP_ASKED)
        sure = known + _SHOP_ASKED
    else:
        chance = model.chances(askings.figures[rows])
        sure = np.full(len(rows), _MODEL_ASKED)
    low, high = (betaincinv(chance * sure, (1 - chance) * sure, share) for share in (0.1, 0.9))
    days = round(float(np.median(askings.until[rows] - askings.asked[rows]))) if len(rows) else _USUAL_DAYS
    found: dict[str, Prediction] = {}
    for at, row in enumerate(rows.tolist()):
        found[askings.customers[askings.who[row]]] = Prediction(
            kind="answer",
            value=round(float(chance[at]), 4),
            low=round(float(min(low[at], chance[at])), 4),
            high=round(float(max(high[at], chance[at])), 4),
            reason=_reason(askings, row),
            baseline=round(float(usual), 4),
            basis=_basis(model, askings, row),
            horizon_days=days,
        )
    return found


def _basis(model: AnswerModel | None, askings: Askings, row: int) -> Basis:
    if model is not None:
        return "model"
    return "history" if askings.times_asked[row] >= 2 else "shop"


def _reason(askings: Askings, row: int) -> str:
    asked, answers = round(askings.times_asked[row]), round(askings.answers[row])
    lines = round(askings.covered[row])
    things = f"{lines} things" if lines > 1 else "one thing"
    bought = f"bought {things} of its kind in 90 days" if lines else "bought nothing of its kind in 90 days"
    if not asked:
        return f"never asked before; {bought}"
    campaigns = f"{asked} campaign{'' if asked == 1 else 's'}"
    if not answers:
        return f"answered none of {campaigns}; {bought}"
    since = askings.since_answer[row]
    return f"answered {answers} of {campaigns}, the last {round(float(since))} days ago; {bought}"
