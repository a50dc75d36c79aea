"""What a report is made of: sections of charts, tables and cards. Numbers and words only; drawing is the reader's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Cell = str | int | float | None

#: How a figure is written: "share" 0..1 as per cent, "money" with the shop's sign, "figure" with up to three digits.
Kind = Literal["text", "count", "money", "share", "days", "figure"]

#: Whether news is good or bad for the shop.
Tone = Literal["good", "bad", "plain"]

#: bars      (name, figure): one bar a row, lying
#: columns   (name, figure, …): one column a row, standing; several figures are stacked
#: lines     (name, figure, …): a line a column
#: boxes     (name, lowest, quartile, median, quartile, highest), the ends 5 and 95 in 100
#: dots      (x, y, group): a point a row
#: heat      (across, down, figure): a coloured field a row
#: curves    (x, y, group): a line a group through its points, in order
#: flow      (from, to, figure): a band a row
#: tree      (x left, height left, x right, height right, height of the bar): one joint of a dendrogram a row
Shape = Literal["bars", "columns", "lines", "boxes", "dots", "heat", "curves", "flow", "tree"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures with the way they are written."""

    name: str
    kind: Kind = "count"


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under columns; a missing figure is None."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One picture with its numbers."""

    name: str
    #: What is to be seen, in words: "Half of the orders are worth $17 or less".
    title: str
    #: How it is counted.
    about: str
    shape: Shape
    drawn: Grid
    #: The same for reading; None: as drawn.
    table: Grid | None = None
    #: Names of the axes, with units.
    x: str
    y: str
    #: On how many of what it rests: 155,260 orders.
    n: int
    of: str
    #: Axes on a logarithmic scale.
    log: tuple[Literal["x", "y"], ...] = ()
    #: Columns drawn as a line over the columns of "columns".
    over: tuple[str, ...] = ()
    #: Groups of "curves" drawn as broken lines: what a perfect or a chance model would do.
    dashed: tuple[str, ...] = ()
    #: Names of the leaves of a "tree", left to right.
    leaves: tuple[str, ...] = ()

    @property
    def read(self) -> Grid:
        """The table to read."""
        return self.table or self.drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table that stands for itself."""

    name: str
    title: str
    about: str
    grid: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A few sentences and figures under a heading: the portrait of a segment, the card of a model."""

    name: str
    title: str
    paragraphs: tuple[str, ...] = ()
    #: (label, figure in words).
    facts: tuple[tuple[str, str], ...] = ()


Part = Chart | Listing | Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One subject of the report; `missing` says what is not there yet and which command makes it."""

    name: str
    title: str
    lead: str
    parts: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence of the summary and the section that shows it."""

    #: "changed" since the week before, "stands_out", or "to_do".
    kind: Literal["changed", "stands_out", "to_do"]
    text: str
    section: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that is told of a shop at one moment."""

    shop: str
    currency: str
    made_at: datetime
    #: Until when there are orders; figures are as of then where it is long ago.
    as_of: datetime
    summary: tuple[Finding, ...]
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section | None:
        """Give a section by name."""
        return next((one for one in self.sections if one.name == name), None)
