"""What ours is held against, with the settings and where they come from.

Settings were chosen on earlier cuts of Online Retail only (1 September and 2 October 2011, the next 39 days); the days
that are reported were never looked at to choose one. TIFU-kNN is also measured as its paper sets it for the data
nearest to each shop.
"""

from __future__ import annotations

from benchmarks.recommending.ease import Ease
from benchmarks.recommending.factors import Factors
from benchmarks.recommending.plain import PersonalFrequency, Popularity, RankFusion
from benchmarks.recommending.protocol import Recommender
from benchmarks.recommending.tifu import Tifu

TUNED = Tifu(label="tuned", group=7, within=1.0, between=0.6, neighbours=300, own=0.7)
#: The paper's settings: of TaFeng for a shop of gifts, of Dunnhumby for the grocer (the same kind of data).
PAPER = {
    "online_retail": Tifu(label="as in its paper", group=7, within=0.9, between=0.7, neighbours=300, own=0.7),
    "complete_journey": Tifu(label="as in its paper", group=7, within=0.9, between=0.6, neighbours=900, own=0.2),
}
ALS = Factors(method="ALS", settings={"factors": 64, "regularization": 0.05, "alpha": 1.0, "iterations": 15})
BPR = Factors(method="BPR", settings={"factors": 128, "regularization": 0.01, "learning_rate": 0.05, "iterations": 100})
RECENT = Popularity(30)


def single_models(shop: str) -> tuple[Recommender, ...]:
    """Give the models that stand alone."""
    return (
        Popularity(), RECENT, Popularity(7),
        PersonalFrequency(), PersonalFrequency(90),
        ALS, BPR,
        Ease(), Ease(60), Ease(180),
        PAPER[shop], TUNED,
    )  # fmt: skip


def fusions() -> tuple[Recommender, ...]:
    """Give the blends without learning."""
    return (RankFusion((TUNED, Ease(180), Popularity(7))),)


def popularities() -> tuple[str, ...]:
    """Give the names of the models that are the same for everybody."""
    return (Popularity().name, RECENT.name, Popularity(7).name)
