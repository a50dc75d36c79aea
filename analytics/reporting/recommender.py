"""The section on the recommender: how well its lists meet the next basket beside simpler ways, and what counts most."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.artifacts.registry import Artifact
from analytics.prediction_records import ModelCard
from analytics.recommendation.ranking.packed import trees_in
from analytics.report_records import Cell, Chart, Column, Grid, Listing, Part, Section
from analytics.reporting.feature_words import feature_words
from analytics.reporting.model_words import LIST_FIGURES, LISTS
from analytics.reporting.models import card_parts
from analytics.reporting.words import percent

Metrics = Mapping[str, Mapping[str, float]]

OURS = "recommender"
#: Endings of the kinds of lists in the metrics: (ending, name of the chart, what is asked for).
_KINDS = (
    ("", "lists-all", "all products"), ("_new", "lists-new", "products new to the customer"),
    ("_first", "lists-first", "customers of whom only a look is known"),
)  # fmt: skip
#: Features told.
_FEATURES = 5
#: Closer than this to each other two ways are told to be equal.
_EQUAL = 0.005


def recommender_section(artifact: Artifact | None, unread: str = "") -> Section:
    """Tell how good the model in use is; before it was built, say what to run.

    Parameters
    ----------
    artifact : the model in use.
    unread : why it cannot be read, with what to run; empty where it can.
    """
    if artifact is None:
        unbuilt = unread or "There is no recommender yet: run `rapport recommender`."
        return Section(name="recommendations", title="Recommendations", lead="", missing=(unbuilt,))
    drawn: list[Part | None] = [lists_chart(artifact.metrics, *kind) for kind in _KINDS]
    drawn += [features_listing(artifact), *card_parts(recommender_card(artifact))]
    missing = () if artifact.metrics else ("The past is too short to measure the recommender on.",)
    return Section(
        name="recommendations", title="Recommendations", lead=f"The model in use was built on {_moment(artifact)}.",
        parts=tuple(part for part in drawn if part is not None), missing=missing,
    )  # fmt: skip


def lists_chart(metrics: Metrics, ending: str, name: str, asked: str) -> Chart | None:
    """Draw nDCG@10 of one kind of lists beside that of simpler ways; None where it was not measured."""
    ours = metrics.get(OURS + ending)
    others = {way: metrics[way + ending] for way in _others(metrics) if way + ending in metrics}
    if ours is None or not others:
        return None
    best = max(others, key=lambda way: others[way]["ndcg"])
    figures = [figure for figure in LIST_FIGURES if figure in ours]
    ways: Metrics = {OURS: ours, **others}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (_words(way), *(of[figure] for figure in figures)) for way, of in ways.items()
    )
    columns = (
        Column("List", "text"), *(Column(LIST_FIGURES[figure], "figure" if figure == "ndcg" else "share")
                                  for figure in figures),
    )  # fmt: skip
    return Chart(
        name=name,
        title=f"Of {asked}: {_beside(ours['ndcg'], others[best])} “{_words(best)}”",
        about="Lists of ten against what was really bought next (nDCG@10: 1 is perfect, 0 meets nothing)."
        + _sureness(others[best]),
        shape="bars", x="nDCG@10", y="List", n=round(ours.get("customers", 0)), of="customers",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def features_listing(artifact: Artifact) -> Listing | None:
    """List what weighs most in the order; None for a model whose order was not learned."""
    trees = trees_in(artifact.arrays(), "all") if artifact.content else None
    if trees is None:
        return None
    rows = tuple((feature_words(name), share) for name, share in list(trees.gains().items())[:_FEATURES])
    return Listing(
        name="features", title=f"What counts most: {rows[0][0]}",
        about="Share of each feature in what the trees gained when they learned to order products.",
        grid=Grid((Column("Feature", "text"), Column("Share", "share")), rows),
    )  # fmt: skip


def recommender_card(artifact: Artifact) -> ModelCard:
    """Give the model in use as a card: all kinds of lists beside the simpler ways."""
    metrics: Metrics = artifact.metrics
    return ModelCard(
        name=OURS, version=artifact.version, purpose="lists of products, in the chat, the shop and the console",
        trained_from=None, trained_to=None, metrics=_flat(metrics, OURS),
        baselines={_words(way): _flat(metrics, way) for way in _others(metrics)},
        limits=(
            f"Built on {_moment(artifact)}.",
            "Measured on the latest purchases, which the measured model did not know; the one in use learned from them "
            "too.",
            "It orders what is sold; whether she would have bought it unasked, these figures do not tell.",
        ),
    )  # fmt: skip


def _flat(metrics: Metrics, way: str) -> dict[str, float]:
    return {
        f"{figure}{ending}": value
        for ending, _, _ in _KINDS
        for figure, value in metrics.get(way + ending, {}).items()
        if figure in LIST_FIGURES
    }


def _others(metrics: Metrics) -> list[str]:
    """Give the names of the simpler ways, without the endings of the kinds."""
    endings = tuple(ending for ending, _, _ in _KINDS if ending)
    return [way for way in metrics if way != OURS and not way.endswith(endings)]


def _beside(ours: float, other: Mapping[str, float]) -> str:
    """Say how a figure stands to that of another way, in words that go on with the other's name."""
    theirs = other["ndcg"]
    gain = ours / theirs - 1 if theirs else 0.0
    if theirs and "beaten_low" in other and other["beaten_low"] <= 0 <= other["beaten_high"]:
        return "so few customers do not tell whether lists are better than"
    if not theirs or abs(gain) < _EQUAL:
        return "lists are as good as" if ours <= theirs else "lists are better than"
    return f"lists are {percent(abs(gain))} {'better' if gain > 0 else 'worse'} than"


def _sureness(other: Mapping[str, float]) -> str:
    """Tell the bounds of the gain; models of older versions have none."""
    if "beaten_low" not in other:
        return ""
    low, high = (percent(other[bound]).replace("-", "−") for bound in ("beaten_low", "beaten_high"))
    return f" Other customers of this shop would have shown a gain between {low} and {high} (95 of 100 times)."


def _words(way: str) -> str:
    return LISTS.get(way, way.replace("_", " ").capitalize())


def _moment(artifact: Artifact) -> str:
    return f"{artifact.created_at:%d %B %Y at %H:%M} UTC"
