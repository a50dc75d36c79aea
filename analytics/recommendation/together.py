"""What goes with a product: what lies in the same baskets clearly more often than in others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import Connection

from analytics.products import product_record
from analytics.recommendation.asker import Asker
from analytics.recommendation.kinds import Kind, Kinds
from analytics.recommendation.rules import Rules, ShowCheck
from analytics.records import Reason, Recommendation
from analytics.snapshot import CHECK_EVERY, Snapshot
from analytics.wording import spoken_share
from store.engine import Database
from store.repositories.baskets import count_orders, orders_with, products_of_orders
from store.repositories.catalogue import ProductRow, catalogue_version, priced_products, products_by_id
from store.repositories.orders import purchase_moments

#: Together in so many baskets, and in this share of those with the product: below it, it is chance.
LEAST_BASKETS, LEAST_SHARE = 5, 0.02
#: So many times as often as in any basket: milk lies beside everything.
LEAST_LIFT = 2.0
#: Baskets added to what chance would bring, so that a handful of rare things do not come first.
_CAUTION = 2.0
#: Power of the share beside lift: lift alone finds oddities, the share alone finds milk. Of 0, ¼, ½ and ¾ this one
#: told most of later baskets (`rapport bench together`).
_SHARE = 0.75
#: Baskets looked at: more of them change nothing but the time it takes.
_MOST_BASKETS = 3000
#: What was counted is kept over so many looks at the catalogue (ten minutes), and for so many questions.
_LOOKS_KEPT, _MOST_KEPT = 120, 5000
#: Kinds looked at per product asked for, where the best may be sold out; products looked at of each.
_KINDS_A_RESULT, _MEMBERS = 4, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A kind that goes with what was asked; `together` of `baskets` hold it, `lift` times as many as usual."""

    kind: int
    together: int
    baskets: int
    lift: float
    score: float


def companions(kinds: Kinds, asked: Collection[int], baskets: int, together: Counter[int]) -> list[Companion]:
    """Rank the kinds of other categories by how much more often they lie beside those asked for.

    The score is lift times a power of the share.

    Parameters
    ----------
    asked : places of the kinds asked for. baskets : how many with one of them were looked at.
    together : how many of these hold each kind.
    """
    categories = {kinds.listed[place].category for place in asked}
    enough = max(LEAST_BASKETS, LEAST_SHARE * baskets)
    found = []
    for place, count in together.items():
        kind = kinds.listed[place]
        expected = baskets * kind.sold / max(kinds.orders, 1)
        if count < enough or kind.category in categories or count < LEAST_LIFT * expected:
            continue
        score = count / (expected + _CAUTION) * (count / baskets) ** _SHARE
        lift = count / max(expected, 1e-9)
        found.append(Companion(kind=place, together=count, baskets=baskets, lift=lift, score=score))
    return sorted(found, key=lambda one: (-one.score, one.kind))


class Together:
    """Answers what goes with products, from the shop's own orders; holds the range by kinds."""

    def __init__(self, database: Database, *, rules: Rules, check_every: float = CHECK_EVERY) -> None:
        self._rules = rules
        self._keep_for = _LOOKS_KEPT * check_every
        #: {kinds asked for: (companions, when they were counted)} of the present range.
        self._counted_before: dict[tuple[int, ...], tuple[Sequence[Companion], float]] = {}
        self._counted_in: Kinds | None = None
        self._kinds: Snapshot[Kinds] = Snapshot(
            database,
            version=catalogue_version,
            build=lambda connection: Kinds.of(priced_products(connection), count_orders(connection)),
            check_every=check_every,
        )

    def load(self) -> Kinds:
        """Give the range by kinds, sorting it where the catalogue has changed."""
        return self._kinds.get()

    def goes_with(
        self,
        connection: Connection,
        product_ids: Sequence[str],
        asker: Asker,
        *,
        limit: int,
        exclude: Collection[str] = (),
    ) -> list[Recommendation]:
        """Give up to `limit` products in stock, of different categories, best first."""
        kinds = self.load()
        asked = list(dict.fromkeys(kinds.place[one] for one in product_ids if one in kinds.place))
        ranked = self._companions(connection, kinds, asked) if asked and limit > 0 else ()
        if not ranked:
            return []
        check = ShowCheck(rules=self._rules, asker=asker, exclude=frozenset(exclude))
        unwanted = {kinds.place.get(one) for one in (*exclude, *asker.refused)}
        allowed = (one for one in ranked if one.kind not in unwanted and self._may_show(kinds.listed[one.kind], asker))
        varied = _one_a_category(kinds, allowed)[: limit * _KINDS_A_RESULT]
        rows = _shown(connection, kinds, [one.kind for one in varied], asker.customer_id, check)
        name = kinds.listed[asked[0]].name
        found = [
            Recommendation(
                product=product_record(rows[one.kind]),
                score=one.score,
                reason=_reason(one, name),
            )
            for one in varied
            if one.kind in rows
        ]
        return check.by_rules(found, rows.values())[:limit]

    def _companions(self, connection: Connection, kinds: Kinds, asked: Sequence[int]) -> Sequence[Companion]:
        """Rank what goes with the kinds asked for; counted once in a while, for a few orders change little."""
        key = tuple(sorted(asked))
        known, at = self._counted_before.get(key, (None, 0.0))
        if known is not None and monotonic() - at < self._keep_for and self._counted_in is kinds:
            return known
        if self._counted_in is not kinds or len(self._counted_before) >= _MOST_KEPT:
            self._counted_in, self._counted_before = kinds, {}
        baskets = _evenly(orders_with(connection, [one for at in asked for one in kinds.listed[at].members]))
        together = _counted(kinds, products_of_orders(connection, baskets))
        ranked = companions(kinds, asked, len(baskets), together)
        self._counted_before[key] = ranked, monotonic()
        return ranked

    def _may_show(self, kind: Kind, asker: Asker) -> bool:
        return self._rules.allow_names(frozenset({kind.category.lower()}), of_age=self._rules.of_age(asker.age))


def _shown(
    connection: Connection,
    kinds: Kinds,
    places: Sequence[int],
    customer_id: str | None,
    may_show: Callable[[ProductRow], bool],
) -> dict[int, ProductRow]:
    """Give a product to show of each kind: one she bought, else the most sold, of those that may be shown."""
    ids = [one for place in places for one in kinds.listed[place].members[:_MEMBERS]]
    own = {} if customer_id is None or not ids else purchase_moments(connection, customer_id, ids)
    rows = products_by_id(connection, ids)
    shown: dict[int, ProductRow] = {}
    for one in sorted(ids, key=lambda one: one not in own):
        row = rows.get(one)
        if row is not None and may_show(row):
            shown.setdefault(kinds.place[one], row)
    return shown


def _counted(kinds: Kinds, lines: Iterable[tuple[str, str]]) -> Counter[int]:
    """Count the baskets that hold each kind, each basket once."""
    held = {(order, kinds.place[product]) for order, product in lines if product in kinds.place}
    return Counter(place for _, place in held)


def _evenly(orders: Sequence[str]) -> Sequence[str]:
    """Take some of many, evenly over the year: in December everything seems to go with gift wrap."""
    step = -(-len(orders) // _MOST_BASKETS)
    return orders[::step] if step > 1 else orders


def _one_a_category(kinds: Kinds, ranked: Iterable[Companion]) -> list[Companion]:
    best: dict[str, Companion] = {}
    for one in ranked:
        best.setdefault(kinds.listed[one.kind].category, one)
    return list(best.values())


def _reason(companion: Companion, name: str) -> Reason:
    share = spoken_share(companion.together / companion.baskets)
    often = f"{companion.lift:.0f}" if companion.lift >= 3 else f"{companion.lift:.1f}"
    return Reason(
        kind="goes_with",
        text=f"{share} baskets with {name} hold it too, {often} times as many as usual",
        evidence={
            "together": companion.together,
            "baskets": companion.baskets,
            "lift": round(companion.lift, 2),
        },
    )
