"""The three that are blended: the model of buying, regressions on signals, and small boosted trees on the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.prediction.beta_geometric import BetaGeometric
from analytics.prediction.boosting import Boosted, fit_boosted
from analytics.prediction.buying_models import Buying, fit_buying
from analytics.prediction.expected import Expected
from analytics.prediction.history import Floats, History, Summary
from analytics.prediction.learning import lessons_before, with_expected
from analytics.prediction.regression import Regression, fit_regression
from analytics.prediction.season import Season, fit_season
from analytics.prediction.signals import signals_of

NAMES = ("buying", "regression", "trees")
TARGETS = ("churn", "orders", "value")
_TINY = 1e-6
#: Customers scored at a time.
_CHUNK = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Trained on what was bought before a day, for one horizon."""

    buying: Buying
    season: Season
    horizon: int
    regressions: dict[str, Regression]
    trees: dict[str, Boosted]

    def level(self, summary: Summary, day: int) -> Expected:
        """Give what the model of buying expects in this season: its totals are the steadiest."""
        active_days = self.horizon * self.season.factor(day, self.horizon)
        return self.buying.within(active_days, summary)

    def links(self, history: History, summary: Summary, day: int) -> dict[str, Floats]:
        """Give by target what each member says, shape (members, customers): log odds of churn, logs of the others."""
        view = day, self.horizon
        signals = with_expected(signals_of(history, summary, day), summary, self.buying, self.season, view)
        level = self.level(summary, day)
        churn = np.clip(level.churn, _TINY, 1 - _TINY)
        own = {
            "churn": np.log(churn / (1 - churn)),
            "orders": np.log(level.orders + _TINY),
            "value": np.log(level.value + _TINY),
        }
        found = {}
        for target in TARGETS:
            linear = [np.empty(len(own[target])) for _ in range(2)]
            for begin in range(0, len(own[target]), _CHUNK):
                part = slice(begin, begin + _CHUNK)
                linear[0][part] = self.regressions[target].linear(signals.matrix[part])
                linear[1][part] = self.trees[target].linear(signals.matrix[part])
            found[target] = np.vstack([own[target], *linear])
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give all parameters by name."""
        found = {f"buying_{name}": values for name, values in self.buying.arrays().items()}
        found["season"] = np.append(self.season.months, self.season.usual)
        for target in TARGETS:
            for kind, model in (("regression", self.regressions[target]), ("trees", self.trees[target])):
                found |= {f"{kind}_{target}_{name}": values for name, values in model.arrays().items()}
        return found


def fit_members(history: History, day: int, horizon: int) -> Members:
    """Train all three.

    Raises
    ------
    TooFewDataError
        For regressions, that is; `fit_buying` alone needs one customer.
    """
    buying = fit_buying(history, day, horizon, kind="mbg_nbd")
    season = season_of(history, day, buying)
    lessons = lessons_before(history, day, horizon, buying, season)
    truths = {"churn": (lessons.orders == 0).astype(np.float64), "orders": lessons.orders, "value": lessons.value}
    matrix = lessons.signals.matrix
    # Money is learnt in means of itself, so that penalties mean the same in every currency; the level is set later.
    truths["value"] = truths["value"] / max(float(truths["value"].mean()), _TINY)
    objectives = {"churn": "binary", "orders": "poisson", "value": "tweedie"}
    return Members(
        buying=buying,
        season=season,
        horizon=horizon,
        regressions={
            target: fit_regression("logistic" if target == "churn" else "poisson", matrix, truths[target])
            for target in TARGETS
        },
        trees={target: fit_boosted(objectives[target], matrix, truths[target]) for target in TARGETS},  # type: ignore[arg-type]
    )


def season_of(history: History, day: int, buying: Buying) -> Season:
    """Give the shop's season; none for a model that is no BG/NBD."""
    return fit_season(history, day, buying.counts) if isinstance(buying.counts, BetaGeometric) else Season()
