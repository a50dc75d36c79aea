"""Which model speaks for a shop: each is tried on the shop's own last horizon, the best one serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from analytics.prediction.blend import Blending
from analytics.prediction.buying_models import BUYING
from analytics.prediction.choosing import UNTESTED_HORIZON, Chosen, Tested, choose_horizon, tested_models
from analytics.prediction.expected import Expected, Fitted, Train
from analytics.prediction.history import History, Summary
from analytics.prediction.recency import fit_recency

#: Where nothing can be tested: of the models of buying the one that foretold the published data best.
UNTESTED = "pareto_nbd"
#: Models learn from, and are tried on, so many customers at most; figures don't move any more with more of them.
LEARNT = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What is expected, by which models, and how they did when they were tried; `tested` None where they were not."""

    day: int
    horizon: int
    summary: Summary
    expected: Expected
    #: By which models.
    chosen: Chosen
    models: dict[str, Fitted]
    tested: Tested | None

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the parameters of the models that serve, by name."""
        return {f"{name}_{key}": one for name, model in self.models.items() for key, one in model.arrays().items()}


def candidates() -> dict[str, Train]:
    """Give all models; where two are equally good, the one that is named first serves."""
    return {"blend": Blending().train, **BUYING, "recency": fit_recency}


def serve(history: History, day: int, horizon: int | None = None) -> Serving:
    """Choose models and let them say what comes from `day` on; nothing of that day or later is looked at.

    Parameters
    ----------
    history : with at least one purchase before `day`.
    horizon : days ahead; the longest that the history can test where it is not given.
    """
    known = history.some(LEARNT)
    testable = choose_horizon(day - history.first_day)
    ahead = horizon or testable or UNTESTED_HORIZON
    trains = candidates()
    tested = None if testable is None or ahead > testable else tested_models(known, day, ahead, trains)
    chosen = tested.best() if tested else Chosen(UNTESTED, UNTESTED, UNTESTED)
    models = {name: trains[name](known, day, ahead) for name in sorted(set(chosen))}
    summary = history.summary(day)
    said = {name: model.expected(history, summary, day) for name, model in models.items()}
    return Serving(
        day=day,
        horizon=ahead,
        summary=summary,
        expected=chosen.of(said),
        chosen=chosen,
        models=models,
        tested=tested,
    )
