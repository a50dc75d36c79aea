"""What ours is held against, with the settings and where they come from.

Settings were chosen on earlier cuts only (Online Retail: 1 September and 2 October 2011, the next 39 days; The Complete
Journey: 1 November 2017, the next 28); the days that are reported were never looked at to choose one. TIFU-kNN is also
measured as its paper sets it for the data nearest to each shop.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from benchmarks.recommending.ease import Ease
from benchmarks.recommending.factors import Factors
from benchmarks.recommending.plain import PersonalFrequency, Popularity, RankFusion
from benchmarks.recommending.protocol import Recommender
from benchmarks.recommending.tifu import Tifu

Setting = TypeVar("Setting")

TUNED = Tifu(label="tuned", group=7, within=1.0, between=0.6, neighbours=300, own=0.7)
#: The paper's settings: of TaFeng for a shop of gifts, of Dunnhumby for the grocer (the same kind of data).
PAPER = {
    "online_retail": Tifu(label="as in its paper", group=7, within=0.9, between=0.7, neighbours=300, own=0.7),
    "complete_journey": Tifu(label="as in its paper", group=7, within=0.9, between=0.6, neighbours=900, own=0.2),
}
RECENT = Popularity(30)
#: The models that are the same for everybody.
POPULARITIES = (Popularity(), RECENT, Popularity(7))
#: λ of EASE and factors of ALS; the grocer's range is bought from all over by everybody.
_PENALTY = {"online_retail": 100.0, "complete_journey": 1000.0}
_FACTORS = {"online_retail": 64, "complete_journey": 32}
#: What a shop is measured with that nothing was chosen on: as the gift shop.
_LIKE = "online_retail"


def single_models(shop: str) -> tuple[Recommender, ...]:
    """Give the models that stand alone."""
    penalty = _of(_PENALTY, shop)
    als = {"factors": _of(_FACTORS, shop), "regularization": 0.05, "alpha": 1.0, "iterations": 15}
    bpr = {"factors": 128, "regularization": 0.01, "learning_rate": 0.05, "iterations": 100}
    return (
        *POPULARITIES,
        PersonalFrequency(), PersonalFrequency(90),
        Factors(method="ALS", settings=als), Factors(method="BPR", settings=bpr),
        Ease(penalty=penalty), Ease(60, penalty), Ease(180, penalty),
        _of(PAPER, shop), TUNED,
    )  # fmt: skip


def fusions(shop: str) -> tuple[Recommender, ...]:
    """Give the blends without learning."""
    return (RankFusion((TUNED, Ease(180, _of(_PENALTY, shop)), Popularity(7))),)


def _of(settings: Mapping[str, Setting], shop: str) -> Setting:
    return settings.get(shop, settings[_LIKE])
