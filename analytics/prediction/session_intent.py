"""Whether a running session ends with a purchase: a few figures, weighed as other shops' sessions taught, then as ours.

`PRIOR` holds weights to begin with. Those of pages and minutes were measured on seven thousand sessions of a public set
(docs/explanation/predictions.md), halved, for shops differ; a cart weighs what is published of abandoned carts: some
three in ten carts become orders, one in fifty sessions without one. Where public figures disagree even in the sign
(returning visitors), the weight is 0 and the prior wide. `learn_intent` moves them as the shop's own sessions come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, log1p, pi, sin

import numpy as np

from analytics.prediction.bayes_logistic import Logistic, fit_logistic
from analytics.prediction.visits import Floats
from analytics.prediction_records import Prediction
from analytics.wording import counted

#: (figure, weight of the prior, its standard deviation); figures as `_row` gives them.
PRIOR = (
    ("constant", -4.6, 1.5),
    ("log of product pages", 0.15, 0.5),
    ("log of other pages", 0.10, 0.5),
    ("log of minutes", 0.25, 0.5),
    ("something in the cart", 2.6, 1.0),
    ("log of searches", 0.10, 0.5),
    ("returning", 0.0, 0.7),
    ("weekend", 0.0, 0.3),
    ("hour, sine", 0.0, 0.4),
    ("hour, cosine", 0.0, 0.4),
)
#: With fewer sessions, or fewer of them with a purchase, what is told rests on other shops.
LEAST_SESSIONS, LEAST_PURCHASES = 300, 30
#: Share of sessions with a purchase in an average shop, and the sessions it counts for.
_USUAL_SHARE, _USUAL_SESSIONS = 0.025, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFigures:
    """What is known of a session as of now; nothing of how it ended."""

    product_pages: int = 0
    #: Account, cart, help, lists.
    other_pages: int = 0
    minutes: float = 0.0
    #: Things put into the cart.
    added: int = 0
    searches: int = 0
    #: She had been here before.
    returning: bool = False
    #: 0..23 in the shop's zone; None where it is not known.
    hour: int | None = None
    weekend: bool = False


def purchase_intent(session: SessionFigures, model: Logistic | None = None) -> Prediction:
    """Give the chance that a running session ends with a purchase.

    Parameters
    ----------
    session : as of now.
    model : of `learn_intent`; None before any session was learned from.

    Returns
    -------
    Prediction
        Of kind "intent"; basis "shop" until the shop's own sessions are enough, then "model".
    """
    model = model or learn_intent(())
    low, value, high = model.chance(_row(session))
    return Prediction(
        kind="intent",
        value=round(value, 4),
        low=round(low, 4),
        high=round(high, 4),
        reason=_reason(session),
        baseline=round(usual_share(model), 4),
        basis="model" if is_measured(model) else "shop",
    )


def learn_intent(sessions: Sequence[tuple[SessionFigures, bool]]) -> Logistic:
    """Learn from sessions that are over.

    Parameters
    ----------
    sessions : figures as of some moment within a session, and whether it ended with a purchase after that moment.
    """
    rows = np.array([_row(figures) for figures, _ in sessions], dtype=np.float64).reshape(len(sessions), len(PRIOR) - 1)
    bought = np.array([bought for _, bought in sessions], dtype=np.float64)
    return fit_logistic(rows, bought, np.array([one[1] for one in PRIOR]), np.array([one[2] for one in PRIOR]))


def session_chances(sessions: Sequence[SessionFigures], model: Logistic) -> Floats:
    """Give the chance of each of many sessions, as `purchase_intent` does of one."""
    return model.chances(np.array([_row(one) for one in sessions]).reshape(len(sessions), len(PRIOR) - 1))


def is_measured(model: Logistic) -> bool:
    """Tell whether a model has seen enough sessions of the shop to be told as the shop's own."""
    return model.rows >= LEAST_SESSIONS and model.positives >= LEAST_PURCHASES


def usual_share(model: Logistic) -> float:
    """Give the share of sessions that end with a purchase, drawn towards that of an average shop."""
    return (model.positives + _USUAL_SHARE * _USUAL_SESSIONS) / (model.rows + _USUAL_SESSIONS)


def _row(session: SessionFigures) -> Floats:
    """Give the figures in the order of `PRIOR`, without the constant."""
    angle = None if session.hour is None else 2 * pi * session.hour / 24
    return np.array(
        [
            log1p(session.product_pages),
            log1p(session.other_pages),
            log1p(max(session.minutes, 0.0)),
            float(session.added > 0),
            log1p(session.searches),
            float(session.returning),
            float(session.weekend),
            0.0 if angle is None else sin(angle),
            0.0 if angle is None else cos(angle),
        ]
    )


def _reason(session: SessionFigures) -> str:
    pages = session.product_pages + session.other_pages
    text = f"{counted(pages, 'page')} in {counted(max(round(session.minutes), 1), 'minute')}"
    if session.product_pages:
        text += f", {session.product_pages} of them products"
    if session.added:
        return f"{text}; {counted(session.added, 'thing')} put into the cart"
    return f"{text}; nothing in the cart"
