"""Why a product is recommended, worded from the figures that ranked it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from analytics.records import Reason
from analytics.wording import spoken_date, spoken_rhythm, spoken_share

#: A habit not followed for this many of its own rhythms is called a former one.
_FORMER_AFTER = 3.0


def buy_again(moments: Sequence[datetime], now: datetime) -> Reason:
    """Explain a product she has bought; `moments` are her orders with it, oldest first, at least one."""
    last = moments[-1]
    date = spoken_date(last, now)
    evidence: dict[str, object] = {"times_bought": len(moments), "last_bought": last.date().isoformat()}
    if len(moments) < 3:
        text = f"you bought it on {date}" if len(moments) == 1 else f"you bought it twice, last on {date}"
        return Reason(kind="buy_again", text=text, evidence=evidence)
    gaps = [(later - earlier).total_seconds() / 86_400 for earlier, later in pairwise(moments)]
    days_between = sum(gaps) / len(gaps)
    evidence["days_between"] = round(days_between, 1)
    since = (now - last).total_seconds() / 86_400
    if days_between < 0.5:  # several orders within a day or two are no rhythm
        text = f"you bought it {len(moments)} times, last on {date}"
    elif since > _FORMER_AFTER * days_between and since > 30:
        text = f"you used to buy it {spoken_rhythm(days_between)}, last on {date}"
    else:
        text = f"you buy it {spoken_rhythm(days_between)}, last on {date}"
    return Reason(kind="buy_again", text=text, evidence=evidence)


def neighbours(bought_by: int, asked: int, share_of_all: float) -> Reason:
    """Explain a product by the customers whose baskets look most like hers: `bought_by` of `asked` bought it.

    `share_of_all` is the share of all customers who did, 0..1.
    """
    share = spoken_share(bought_by / asked)
    return Reason(
        kind="neighbours",
        text=f"popular with shoppers whose baskets look like yours ({share} of them bought it)",
        evidence={"bought_by": bought_by, "neighbours": asked, "share_of_all": round(share_of_all, 3)},
    )


def bought_too(name: str, both: int, buyers: int, lift: float) -> Reason:
    """Explain a product by one she buys: `both` of its `buyers` bought it too, `lift` times as many as of all."""
    return Reason(
        kind="bought_too",
        text=f"{spoken_share(both / buyers)} of those who buy {name}, as you do, bought it too",
        evidence={"both": both, "buyers": buyers, "lift": round(lift, 2), "of": name},
    )


def segment_favourite(segment_id: int, share: float, days: int) -> Reason:
    """Explain a product by its share among the customers of her segment in the last `days` days."""
    return Reason(
        kind="segment_favourite",
        text=f"a favourite of shoppers with habits like yours ({spoken_share(share)} bought it lately)",
        evidence={"segment_id": segment_id, "share": round(share, 4), "days": days},
    )


def popular(customers: int, rank: int, days: int) -> Reason:
    """Explain a product by how many customers bought it in the last `days` days; `rank` 1 is the most bought."""
    much = "one of this month's most bought" if rank <= 50 else "bought often this month"
    if customers < 10:
        much = "bought by other shoppers this month"
    return Reason(kind="popular", text=much, evidence={"customers": customers, "rank": rank, "days": days})


def new_in_range(customers: int, days: int) -> Reason:
    """Explain a product that was first sold in the last `days` days, by how many customers bought it since."""
    text = "new in our range, first sold this month"
    return Reason(kind="new_in_range", text=text, evidence={"customers": customers, "days": days})


def in_range(times_sold: int) -> Reason:
    """Say the little there is to say of a product without recent evidence."""
    text = f"sold {times_sold:,} times in our shop so far" if times_sold > 1 else "part of our range"
    return Reason(kind="popular", text=text, evidence={"times_sold": times_sold})
