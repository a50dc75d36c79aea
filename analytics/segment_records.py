"""Segments as people see them: portraits, rules, how they were chosen, how they move, what has drifted.

`analytics.segmentation.overview` fills these; report and console draw them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

#: rebuild: found anew; update: middles moved by recent customers, same segments; rollback: an earlier one again.
VersionKind = Literal["rebuild", "update", "rollback"]
#: Population stability index: below 0.1 steady, up to 0.25 moving, above it drifted.
DriftLevel = Literal["steady", "moving", "drifted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """One segment in words and figures."""

    segment_id: int
    name: str
    portrait: str
    size: int
    #: Of all segmented customers, 0..1.
    share: float
    #: Means of figures in their own units, by the names of `analytics.columns`.
    means: dict[str, float]
    #: Mean place of each figure among all customers, 0 (least) to 1 (most): the row of a heat map.
    places: dict[str, float]
    #: "ordered at least 6 times and within the last 40 days"; None where no rule says it.
    rule: str | None
    #: Share of her members whom the rule finds, and share of those it finds who are members; 0..1.
    rule_recall: float | None
    rule_precision: float | None
    #: Customers of it by RFM class: {"Champions": 210, …}, most first.
    rfm_classes: dict[str, int] = field(default_factory=dict)
    #: As `means`. Segments that an earlier program described have none of these.
    medians: dict[str, float] = field(default_factory=dict)
    #: What its members spent in all, major currency units; of what everybody spent, 0..1; their orders.
    revenue: float | None = None
    revenue_share: float | None = None
    orders: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One way to find segments, measured; None where it was not measured any more.

    `silhouette` -1..1 in its own space, `silhouette_rfm` of the same groups among places of recency, orders and money;
    `davies_bouldin` lower is better; `stability` mean adjusted Rand index over bootstraps, up to 1; `balance` entropy
    of the shares, 1 when all are equally large; `spread` share of the variance of later spending (logarithm of one
    more) that the segments of an earlier moment explain, 0..1.
    """

    space: str
    method: Literal["kmeans", "ward", "mixture"]
    k: int
    silhouette: float
    silhouette_rfm: float
    davies_bouldin: float
    calinski_harabasz: float
    smallest_share: float
    balance: float
    stability: float | None = None
    spread: float | None = None
    #: What the rule compares; None where it does not count.
    score: float | None = None
    chosen: bool = False
    #: Why it does not count, or what a figure hides; empty where nothing is to be said.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transitions:
    """How customers moved between segments: `counts[i][j]` went from `ids[i]` to `ids[j]`; None: had none before."""

    since: datetime
    until: datetime
    ids: tuple[int, ...]
    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    #: Into each of `ids`, of customers who were not there before.
    newcomers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDrift:
    """How far a figure's distribution is from the one at training, by the population stability index."""

    figure: str
    psi: float
    level: DriftLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What has drifted since the model was trained. `sizes` is the index of the segments' sizes."""

    measured_at: datetime
    figures: tuple[FigureDrift, ...]
    sizes: float
    #: The largest of all.
    worst: float
    rebuild: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dendrogram:
    """Which groups of customers are alike, by Ward's linkage.

    The leaves are small groups of about equal likeness, numbered from 0 in the order in which they are drawn;
    `merges[n]` joins two of them (or of the results of earlier merges, numbered on from the leaves) at a height.
    """

    leaf_sizes: tuple[int, ...]
    #: The segment that most customers of the leaf are in.
    leaf_segments: tuple[int, ...]
    merges: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """A customer, or with `customer_id` None the middle of a segment, on the map."""

    x: float
    y: float
    segment_id: int
    customer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMap:
    """Customers in the plane in which they differ most (first two principal components of the space)."""

    #: What an axis mostly is: "orders, money spent".
    x_title: str
    y_title: str
    #: Shares of all difference that the axes show, 0..1.
    x_share: float
    y_share: float
    points: tuple[MapPoint, ...]
    middles: tuple[MapPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlier:
    """A customer who stands apart from everybody; she is in her segment all the same."""

    customer_id: str
    segment_id: int
    #: Why, one clause: "spent more than 99.9% of customers".
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentVersion:
    """One version of the segments that can be used or gone back to."""

    version: str
    kind: VersionKind
    built_at: datetime
    active: bool
    customers: int
    segments: tuple[str, ...]
    silhouette: float | None
    stability: float | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SizesAt:
    """How many customers were in each segment, by its id."""

    at: datetime
    sizes: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSegment:
    """A segment made by hand: who fits the rule is in it."""

    name: str
    #: The rule in words.
    text: str
    created_at: datetime
    #: None where nobody counted.
    customers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsOverview:
    """Everything there is to see of the segments in use."""

    version: str
    kind: VersionKind
    built_at: datetime
    #: First and last order that the model knows; None where the features do not tell.
    trained_from: datetime | None
    trained_to: datetime | None
    data_hash: str
    customers: int
    space: str
    method: str
    #: The figures that the segments rest on.
    figures: tuple[str, ...]
    segments: tuple[SegmentView, ...]
    candidates: tuple[Candidate, ...]
    #: Share of customers for whom rules and segments agree, 0..1; None without rules.
    rule_fidelity: float | None
    #: Sentences on what the figures do and do not say.
    notes: tuple[str, ...]
    #: None where there is no earlier period or too few customers.
    transitions: Transitions | None
    drift: Drift | None
    dendrogram: Dendrogram | None
    map: SegmentMap | None
    outliers: tuple[Outlier, ...]
    #: All customers by RFM class, in the order of the classes.
    rfm_classes: dict[str, int]
    versions: tuple[SegmentVersion, ...]
    rule_segments: tuple[RuleSegment, ...]
    #: Oldest first, at most one a day.
    history: tuple[SizesAt, ...] = ()
