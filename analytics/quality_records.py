"""The data-quality report: what was found in the sources, what was done about it, and what was left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Done = Literal["left out", "mended", "matched", "kept"]

#: Every check by its name: what it finds, and what a person can do about it.
CHECKS: dict[str, tuple[str, str]] = {
    "no_customer": (
        "rows of nobody: the customer is empty, or an id such as 0 that stands for no one",
        "Their money is real but belongs to no profile. Ask customers to sign in or show their card at the till.",
    ),
    "returns_matched": (
        "returns and cancellations, matched to the purchase they undo",
        "Totals and lines are net of them; nothing is to be done.",
    ),
    "returns_unmatched": (
        "returns and cancellations without a purchase they could undo",
        "Their purchase may lie before the first order of the export: export a longer history.",
    ),
    "undone_lines": ("order lines that returns undo to the last piece", "Left out; the table `returns` has them."),
    "undone_orders": (
        "orders that returns undo to the last line",
        "Kept with the status returned, so that their customer can ask about them; figures leave them out.",
    ),
    "repeated_lines": (
        "order lines that stand in the source twice, equal in everything",
        "Two equal lines may be two pieces. Where they are slips, set cleaning.repeated_lines: leave_out.",
    ),
    "orders_twice": (
        "orders of one customer at the same moment, with the same total and another number",
        "Look at the examples: an export that ran twice makes these.",
    ),
    "free_lines": (
        "order lines for nothing (amount 0)",
        "Samples and gifts tell little of what she would buy; cleaning.free_lines: leave_out leaves them out.",
    ),
    "orders_without_lines": (
        "orders of which no line is left",
        "Set cleaning.orders_without_lines: leave_out where they are nothing.",
    ),
    "price_outliers": (
        "order lines whose piece costs many times, or a small part of, what the product costs as a rule",
        "Look at the examples: a slip of the decimal point, or a price in another currency. "
        "cleaning.price_outliers leaves them out.",
    ),
    "quantity_outliers": (
        "order lines with many times the pieces that the product sells by as a rule",
        "Wholesale, or a slip of the finger: look at the examples.",
    ),
    "impossible_dates": (
        "moments that cannot be (before the shop's first possible day)",
        "Mend them in the source: programs write 1900-01-01 or 1970-01-01 for an empty date.",
    ),
    "dst_gap": (
        "local times that no clock showed, within an hour skipped by daylight saving",
        "Read as if the clock had not been put on; export in UTC to be sure.",
    ),
    "dst_twice": (
        "local times that clocks showed twice, in the hour repeated after daylight saving",
        "Read as the one by which the zone's rules resolve it, up to an hour off; export in UTC to be sure.",
    ),
    "encoding_mended": (
        "texts whose letters went through the wrong encoding (Ã¼ for ü), mended",
        "Set the source's encoding to what it is, and none needs mending.",
    ),
    "encoding_lost": (
        "texts with letters that an earlier program lost (�)",
        "They cannot be mended here: export again with UTF-8.",
    ),
    "converted": ("amounts in another currency, converted by the mapping's rates", "Nothing is to be done."),
    "no_rate": (
        "amounts in a currency for which the mapping has no rate on that day",
        "Add the currency, or an earlier date, to cleaning.currencies.rates.",
    ),
    "merged": ("customers known under two ids, made one by a verified key", "See `rapport customers merges`."),
    "merge_proposed": (
        "customers who look like one by a verified key",
        "Look at them with `rapport customers merges`; merge or leave them.",
    ),
    "shared_key": (
        "e-mail addresses, phones and cards that too many customers have to be one person's",
        "A placeholder or a family's: nobody was merged by them.",
    ),
    "bad_key": ("e-mail addresses and phones that are none", "Nobody is recognised by them; mend them in the source."),
    "unknown_consent": (
        "consents that are neither yes nor no",
        "Nothing was taken from them: whatever held before, holds.",
    ),
    "refused_events": (
        "events that are none of the kind they name, or lack what it needs",
        "The examples say what is amiss; the catalogue of events names what each needs.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found in one table of one import."""

    table: str
    #: One of `CHECKS`.
    check: str
    #: Rows concerned, of so many looked at.
    found: int
    of: int
    done: Done
    #: Money concerned, major currency units; None where it is not about money.
    amount: float | None = None
    #: A few of them, what is personal redacted.
    examples: tuple[dict[str, str | None], ...] = ()

    @property
    def share(self) -> float:
        """Share of the rows looked at, 0..1."""
        return self.found / self.of if self.of else 0.0

    @property
    def what(self) -> str:
        """What was found, in words."""
        return CHECKS[self.check][0]

    @property
    def advice(self) -> str:
        """What a person can do about it."""
        return CHECKS[self.check][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """The latest complete import of one source."""

    source: str
    imported_at: datetime
    #: {table: rows}
    read: dict[str, int]
    written: dict[str, int]
    #: {table: {reason: rows}}
    rejected: dict[str, dict[str, int]]
    #: Before and after cleaning: {"gross", "returned", "net", "lines_written", …}, where there were orders.
    totals: dict[str, float]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How many of something are complete in one respect: "customers with an e-mail address"."""

    what: str
    have: int
    of: int

    @property
    def share(self) -> float:
        """0..1; 1 where there are none."""
        return self.have / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days without an order, longer than is usual for the shop; both days lie within the gap."""

    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A week far from the weeks around it; `usual` is their median."""

    what: Literal["orders", "money"]
    #: Its Monday.
    week: date
    value: float
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReport:
    """How far the data can be trusted, as of `at`."""

    at: datetime
    runs: tuple[SourceRun, ...]
    completeness: tuple[Completeness, ...]
    first_order_at: datetime | None
    last_order_at: datetime | None
    #: Days since the last order; None without orders.
    days_old: float | None
    #: Longest first.
    gaps: tuple[Gap, ...] = ()
    jumps: tuple[Jump, ...] = ()
    #: {"merged": n, "proposed": n, "undone": n}
    merges: dict[str, int] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the latest imports."""
        return tuple(finding for run in self.runs for finding in run.findings)
