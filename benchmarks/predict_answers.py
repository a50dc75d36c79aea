"""`rapport bench predict`, who answers a campaign: the demonstration shop's later campaigns, and a public set."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from analytics.prediction.answer_model import fit_answers
from analytics.prediction.bayes_logistic import fit_logistic
from analytics.prediction.campaign_answers import over
from analytics.prediction.campaign_figures import NAMES, askings_of
from analytics.prediction.measures import auc, calibration_error, log_loss
from analytics.prediction.visits import as_day
from analytics.workspace import open_workspace
from benchmarks.complete_journey import load_complete_journey
from benchmarks.parts import Part
from rapport.paths import PROJECT

Floats = NDArray[np.float64]
_PERSONALITY = PROJECT.parent / "shared" / "data" / "customer_personality" / "marketing_campaign.csv"
_CUT = datetime(2017, 10, 1, tzinfo=UTC)
#: Campaigns that were over when the data end.
_OVER = datetime(2018, 1, 10, tzinfo=UTC)
_FOLDS = 10
_OWN, _ALL = "her answers so far", "average"
_MONEY = ("MntWines", "MntFruits", "MntMeatProducts", "MntFishProducts", "MntSweetProducts", "MntGoldProds")
_COUNTS = ("NumDealsPurchases", "NumWebPurchases", "NumCatalogPurchases", "NumStorePurchases", "NumWebVisitsMonth")
_PLAIN = ("Kidhome", "Teenhome", "Recency", "Complain", "AcceptedCmp1", "AcceptedCmp2", "AcceptedCmp3", "AcceptedCmp4",
          "AcceptedCmp5")  # fmt: skip


def measure(quick: bool) -> list[Part]:
    """Measure campaigns begun after 1 October 2017, learned from those over by then; and `Response` in ten folds."""
    parts = [campaigns(4 if quick else 1)]
    if _PERSONALITY.is_file():
        parts.append(personality())
    return parts


def campaigns(one_in: int) -> Part:
    """Foretell who redeems a coupon of a campaign that reached her."""
    with open_workspace() as sales:
        load_complete_journey(sales, one_in)
        askings = askings_of(sales, _OVER)
    day = as_day(_CUT)
    past, _ = over(askings, day)
    _, answered = over(askings, as_day(_OVER))
    later = (askings.asked >= day) & (askings.until <= as_day(_OVER))
    truth = answered[later]
    chance = fit_answers(askings.figures[past], answered[past]).chances(askings.figures[later])
    own = askings.figures[later][:, NAMES.index("answer_share")]
    average = np.full(len(truth), answered[past].mean())
    return Part(
        figures=_quality("answer", chance, truth),
        baselines={_OWN: _quality("answer", own, truth), _ALL: _quality("answer", average, truth)},
        sizes={"answer_askings": len(truth), "answer_answers": int(truth.sum()), "answer_learned": int(past.sum())},
    )


def personality() -> Part:
    """Foretell `Response` of the public set in ten folds over customers: it has no time to split by."""
    figures, answered = _read_personality()
    fold = np.random.default_rng(0).permutation(len(answered)) % _FOLDS
    chance, plain = np.zeros(len(answered)), np.zeros(len(answered))
    for number in range(_FOLDS):
        test = fold == number
        learned, truth = figures[~test], answered[~test]
        chance[test] = fit_answers(learned, truth, in_time=False).chances(figures[test])
        mean, deviation = learned.mean(axis=0), np.maximum(learned.std(axis=0), 1e-9)
        width = figures.shape[1] + 1
        model = fit_logistic((learned - mean) / deviation, truth, np.zeros(width), np.full(width, 10.0))
        plain[test] = model.chances((figures[test] - mean) / deviation)
    return Part(
        figures=_quality("personality_answer", chance, answered),
        baselines={"logistic regression": _quality("personality_answer", plain, answered)},
        sizes={"personality_answer_customers": len(answered)},
    )


def _quality(prefix: str, chance: Floats, truth: Floats) -> dict[str, float]:
    return {
        f"{prefix}_auc": auc(chance, truth),
        f"{prefix}_log_loss": log_loss(chance, truth),
        f"{prefix}_ece": calibration_error(chance, truth),
    }


def _read_personality() -> tuple[Floats, Floats]:
    with _PERSONALITY.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    incomes = [float(row["Income"]) for row in rows if row["Income"]]
    middle = float(np.median(incomes))
    figures = np.array([list(_figures(row, middle)) for row in rows], dtype=np.float64)
    return figures, np.array([float(row["Response"]) for row in rows])


def _figures(row: dict[str, str], middle: float) -> Iterator[float]:
    """Give one customer's figures: what was known before the last campaign."""
    joined = date.fromisoformat(row["Dt_Customer"])
    yield float((date(2014, 12, 31) - joined).days)
    yield float(min(float(row["Income"] or middle), 150_000.0))
    yield float(2014 - max(int(row["Year_Birth"]), 1930))
    yield from (float(row[name]) for name in (*_COUNTS, *_PLAIN))
    yield from (float(np.log1p(float(row[name]))) for name in _MONEY)
    yield float(row["Education"] in ("PhD", "Master"))
    yield float(row["Marital_Status"] in ("Married", "Together"))
