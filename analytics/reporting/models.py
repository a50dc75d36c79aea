"""Model cards for people: what a model is for, how well it does beside what, how far its odds can be trusted."""

from __future__ import annotations

from analytics.prediction_records import ModelCard
from analytics.report_records import Card, Cell, Chart, Column, Grid, Listing, Part
from analytics.reporting.model_words import CURVES, FIGURES, MODELS, CurveWords
from analytics.reporting.words import percent


def named(text: str) -> str:
    """Put the names people know models under for those of the code."""
    for name, words in MODELS.items():
        text = text.replace(name, words)
    return text.replace("_", " ")


def card_parts(card: ModelCard) -> list[Part]:
    """Give a card, its figures beside the baselines, and its curves."""
    trained = ""
    if card.trained_from and card.trained_to:
        trained = f"Trained on {card.trained_from:%d %B %Y} to {card.trained_to:%d %B %Y}, measured on what came after."
    paragraphs = tuple(text for text in (f"For {named(card.purpose)}.", trained, *card.limits) if text)
    facts = (("Version", card.version), ("SHA-256", card.sha256[:16])) if card.sha256 else (("Version", card.version),)
    told: list[Part | None] = [
        Card(name=f"model-{card.name}", title=f"Model card: {card.name.replace('_', ' ')}", paragraphs=paragraphs,
             facts=facts),
        figures_listing(card), calibration_chart(card), gain_chart(card),
    ]  # fmt: skip
    return [part for part in told if part is not None]


def figures_listing(card: ModelCard) -> Listing | None:
    """List the figures of the model beside those of the baselines."""
    if not card.metrics:
        return None
    names = list(card.baselines)
    columns = (
        Column("Figure", "text"), Column("This model", "figure"), *(Column(named(name), "figure") for name in names)
    )  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (_figure(key), value, *(card.baselines[name].get(key) for name in names)) for key, value in card.metrics.items()
    )
    return Listing(
        name=f"figures-{card.name}", title=f"How well {card.name.replace('_', ' ')} does, beside simpler ways",
        about="All measured on the same later days.", grid=Grid(columns, rows),
    )  # fmt: skip


def calibration_chart(card: ModelCard) -> Chart | None:
    """Draw what was said against what came."""
    curve = card.curves.get("calibration")
    if not curve:
        return None
    words = _words(card)
    n = sum(point[2] for point in curve)
    error = sum(point[2] * abs(point[0] - point[1]) for point in curve) / n if n else 0.0
    columns = (Column("Said", "share"), Column("Came true", "share"), Column("Group", "text"))
    points = [(round(said, 4), round(true, 4), "This model") for said, true, _ in curve]
    return Chart(
        name=f"calibration-{card.name}",
        title=f"The odds of {words.odds_of} are off by {100 * error:.1f} percentage points on average",
        about=f"{words.counted.capitalize()} in groups of equal size by the probability they were given, against how "
        f"many of them {words.came_true}. On the broken line the odds are exactly right.",
        shape="curves", x="Said, %", y="Came true, %", n=round(n), of=words.counted, dashed=("Exactly right",),
        drawn=Grid(columns, (*points, (0.0, 0.0, "Exactly right"), (1.0, 1.0, "Exactly right"))),
        table=Grid(
            (Column("Group", "text"), Column("Said", "share"), Column("Came true", "share"),
             Column(words.counted.capitalize())),
            tuple((f"{number}", said, true, count) for number, (said, true, count) in enumerate(curve, 1)),
        ),
    )  # fmt: skip


def gain_chart(card: ModelCard) -> Chart | None:
    """Draw how much of the money, or how many of the answers, the customers with the highest predictions bring."""
    curve = card.curves.get("gain")
    if not curve:
        return None
    words = _words(card)
    best = min(curve, key=lambda point: abs(point[0] - 0.2))
    columns = (Column("Customers, best first", "share"), Column(words.brought, "share"), Column("Group", "text"))
    points = [(round(share, 4), round(reached, 4), "This model") for share, reached in curve]
    return Chart(
        name=f"gain-{card.name}",
        title=f"The {percent(best[0])} of customers with the highest predictions {words.verb} {percent(best[1])} of "
        f"the {words.sum_of}",
        about=f"Customers by predicted {words.by}, the highest first, against the share of all {words.sum_of} they "
        f"really {words.verb}. On the broken line one would have chosen by lot.",
        shape="curves", x="Customers, best first, %", y=f"{words.brought}, %", n=_counted(card), of=words.counted,
        dashed=("By lot",),
        drawn=Grid(columns, (*points, (0.0, 0.0, "By lot"), (1.0, 1.0, "By lot"))),
        table=Grid(columns[:2], tuple(point[:2] for point in points)),
    )  # fmt: skip


def _figure(key: str) -> str:
    return FIGURES.get(key, key.replace("_", " ").capitalize())


def _words(card: ModelCard) -> CurveWords:
    return CURVES.get(card.name, CurveWords())


def _counted(card: ModelCard) -> int:
    """Give on how many customers, or askings, the curves were measured."""
    return sum(int(point[2]) for point in card.curves.get("calibration", []))
