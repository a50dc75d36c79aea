"""How well answers to campaigns are foretold: on the shop's latest campaigns that are over, beside simpler ways."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from analytics.prediction.answer_model import fit_answers
from analytics.prediction.campaign_answers import LEAST_ANSWERS, over
from analytics.prediction.campaign_figures import NAMES, Askings
from analytics.prediction.card import finite
from analytics.prediction.measures import auc, calibration_curve, calibration_error, gain_curve, log_loss
from analytics.prediction.visits import Floats
from analytics.prediction_records import ModelCard

#: Share of the askings that are over, the latest, on which it is measured; and answers needed among them.
_TESTED_SHARE, _LEAST_TESTED = 0.25, 20


def answer_card(askings: Askings, day: float, seed: int = 0) -> ModelCard | None:
    """Learn from the campaigns that were over when the latest quarter of all askings began, and measure on these.

    Parameters
    ----------
    askings : of all campaigns up to `day`.
    day : as `Visits.day`; nothing after it is looked at.

    Returns
    -------
    The card; None where the earlier or the later campaigns had too few answers.
    """
    past, answered = over(askings, day)
    if not past.any():
        return None
    then = float(np.quantile(askings.asked[past], 1 - _TESTED_SHARE, method="higher"))
    learned, known = over(askings, then)
    tested = past & (askings.asked >= then)
    truth = answered[tested]
    if _rarer(known[learned]) < LEAST_ANSWERS or _rarer(truth) < _LEAST_TESTED:
        return None
    figures = askings.figures[tested]
    chance = fit_answers(askings.figures[learned], known[learned], seed).chances(figures)
    average = np.full(len(truth), known[learned].mean())
    began = datetime.fromtimestamp(then * 86_400, UTC)
    return ModelCard(
        name="answer",
        version="",
        purpose="the answer of a customer to a campaign that reaches her",
        trained_from=datetime.fromtimestamp(float(askings.asked.min()) * 86_400, UTC),
        trained_to=began,
        metrics=_measured(chance, truth),
        baselines={
            "her answers so far": _measured(figures[:, NAMES.index("answer_share")], truth),
            "average": _measured(average, truth),
        },
        limits=(
            f"Measured once, on {len(truth):,} times that somebody was asked since {began:%d %B %Y}; "
            f"{truth.sum():,.0f} answered.",
            "Nobody notes whom a campaign was sent to: it is taken as sent to all who ordered in the half year before.",
            "A campaign unlike the earlier ones is answered otherwise; the level moves from one to the next.",
        ),
        curves={"calibration": calibration_curve(chance, truth), "gain": gain_curve(chance, truth)},
    )


def _measured(chance: Floats, truth: Floats) -> dict[str, float]:
    return finite(
        {
            "answer_auc": auc(chance, truth),
            "answer_log_loss": log_loss(chance, truth),
            "answer_ece": calibration_error(chance, truth),
        }
    )


def _rarer(answered: Floats) -> float:
    """Give how many answered or did not, whichever are fewer."""
    return float(min(answered.sum(), len(answered) - answered.sum()))
