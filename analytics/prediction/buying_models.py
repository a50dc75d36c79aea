"""BG/NBD, MBG/NBD and Pareto/NBD with Gamma-Gamma, as models of churn, orders and value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analytics.prediction.beta_geometric import BetaGeometric, fit_beta_geometric
from analytics.prediction.expected import Expected, Train
from analytics.prediction.history import Floats, History, Summary
from analytics.prediction.pareto import ParetoNBD, fit_pareto
from analytics.prediction.spend import GammaGamma, fit_gamma_gamma

Kind = Literal["bg_nbd", "mbg_nbd", "pareto_nbd"]

#: Few customers are held near usual shops by as much as this many of them would.
PRIOR = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Buying:
    """A fitted model of when she buys, and one of what it is worth; time in days."""

    counts: BetaGeometric | ParetoNBD
    #: None where nobody has paid anything.
    spend: GammaGamma | None
    horizon: int

    def expected(self, history: History, summary: Summary, day: int) -> Expected:  # noqa: ARG002
        """Give churn, orders and value of the customers of the summary."""
        return self.within(self.horizon, summary)

    def within(self, days: float, summary: Summary) -> Expected:
        """Give the same for another number of days."""
        known = summary.repeats, summary.recency, summary.age
        orders = self.counts.expected(days, *known)
        churn = np.clip(self.counts.silent(days, *known), 0.0, 1.0)
        return Expected(churn=churn, orders=orders, value=orders * self.order_value(summary))

    def order_value(self, summary: Summary) -> Floats:
        """Give the expected money of a purchase day, >= 0."""
        if self.spend is None:
            return np.zeros(len(summary.customer))
        return self.spend.expected(summary.paid_days, summary.spend)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the parameters by name."""
        named = asdict(self.counts) | ({} if self.spend is None else asdict(self.spend)) | {"horizon": self.horizon}
        return {name: np.array(value, dtype=np.float64) for name, value in named.items()}


def fit_buying(history: History, day: int, horizon: int, *, kind: Kind = "bg_nbd") -> Buying:
    """Fit on what was bought before `day`, by somebody."""
    summary = history.summary(day)
    known = summary.repeats, summary.recency, summary.age
    counts: BetaGeometric | ParetoNBD
    if kind == "pareto_nbd":
        counts = fit_pareto(*known, prior=PRIOR)
    else:
        counts = fit_beta_geometric(*known, may_leave_at_once=kind == "mbg_nbd", prior=PRIOR)
    paid = (summary.paid_days > 0) & (summary.spend > 0)
    spend = fit_gamma_gamma(summary.paid_days, summary.spend, PRIOR) if paid.any() else None
    return Buying(counts=counts, spend=spend, horizon=horizon)


#: By name, in the order in which equals are preferred.
BUYING: dict[str, Train] = {
    "bg_nbd": partial(fit_buying, kind="bg_nbd"),
    "mbg_nbd": partial(fit_buying, kind="mbg_nbd"),
    "pareto_nbd": partial(fit_buying, kind="pareto_nbd"),
}
