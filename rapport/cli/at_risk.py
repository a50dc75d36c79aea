"""`rapport predictions --win-back`: with whom most money is at risk, from the predictions that are there."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from rapport.cli.jobs import Outcome, Told
from rapport.errors import InputError

if TYPE_CHECKING:
    from analytics.prediction.reading import AtRisk
    from rapport.settings import Settings
    from store.engine import Database


def list_win_back(settings: Settings, database: Database, told: Told, *, limit: int) -> Outcome:  # noqa: ARG001
    """List the customers with most money at risk.

    Raises
    ------
    InputError
        Nothing was predicted yet.
    """
    from analytics.prediction.reading import win_back
    from analytics.shop.loader import load_shop

    with database.read() as connection:
        found = win_back(connection, limit)
    if not found:
        raise InputError("Nothing was predicted yet; run `rapport predictions` first.")
    currency = load_shop(settings.shop).facts.currency
    customers = [{"at_risk": one.at_risk, **asdict(one.predictions)} for one in found]
    return Outcome(
        summary=f"{len(found)} customers",
        lines=[_line(one, currency) for one in found],
        data={"customers": customers},
    )


def _line(one: AtRisk, currency: str) -> str:
    churn = one.predictions.of("churn")
    if churn is None:
        return f"{one.predictions.customer_id}  {currency}{one.at_risk:,.2f} at risk"
    return (
        f"{one.predictions.customer_id}  {currency}{one.at_risk:,.2f} at risk: orders nothing within "
        f"{churn.horizon_days} days with {churn.value:.0%} ({churn.low:.0%} to {churn.high:.0%}); {churn.reason}"
    )
