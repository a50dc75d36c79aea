"""A clause that says from a customer's own figures why something is expected of her."""

from __future__ import annotations

import numpy as np

from analytics.prediction.history import Summary


def rhythm_reasons(summary: Summary) -> list[str]:
    """Say of each customer how often she ordered and when last: "ordered about every 9 days, last 41 days ago"."""
    # Ages are counted from the day after the last one that is known, which is today.
    silent = np.maximum(np.rint(summary.age - summary.recency) - 1, 0).astype(int).tolist()
    repeats = summary.repeats.astype(int).tolist()
    gaps = (summary.recency / np.maximum(summary.repeats, 1)).tolist()
    return [_rhythm(*known) for known in zip(repeats, gaps, silent, strict=True)]


def money_reasons(summary: Summary, rhythms: list[str], currency: str) -> list[str]:
    """Put before it what an order of hers was worth: "$23.50 an order on average, ordered once, 3 days ago"."""
    return [
        f"{currency}{spend:,.2f} an order on average, {rhythm}" if paid else rhythm
        for spend, paid, rhythm in zip(summary.spend.tolist(), summary.paid_days.tolist(), rhythms, strict=True)
    ]


def _rhythm(repeats: int, gap: float, silent: int) -> str:
    last = "today" if silent == 0 else "yesterday" if silent == 1 else f"{silent} days ago"
    if repeats == 0:
        return f"ordered once, {last}"
    often = "almost every day" if gap < 1.5 else f"about every {round(gap)} days"
    return f"ordered {often} ({repeats + 1} times), last {last}"
