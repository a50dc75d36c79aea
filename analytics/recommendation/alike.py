"""What is like a product: something to take instead of it, or more of its kind; hers come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from analytics.catalogue.substitutes import substitutes
from analytics.products import kind_of
from analytics.recommendation import reasons
from analytics.recommendation.rules import ShowCheck
from analytics.records import Product, Reason, Recommendation
from store.repositories.catalogue import ProductRow, products_by_id, products_of_category
from store.repositories.orders import purchase_moments

#: Products ranked for each that is wanted: the shop's rules may change their order.
_RANKED = 4


def instead_of(
    connection: Connection,
    product_id: str,
    customer_id: str | None,
    *,
    limit: int,
    cheaper: bool,
    check: ShowCheck,
) -> list[Recommendation]:
    """Give what to take instead of a product, of its category; nothing for one that is unknown or not recommended.

    Parameters
    ----------
    customer_id : whose orders may be used; None for a visitor.
    check : tells which products may be shown.
    """
    wanted = products_by_id(connection, [product_id]).get(product_id)
    if wanted is None or not check.allows_talk_of(wanted):
        return []
    others = [row for row in products_of_category(connection, wanted.category) if check(row)]
    own = _own(connection, customer_id, others)
    found = substitutes(wanted, others, limit=limit * _RANKED, cheaper=cheaper, own=own)
    return check.by_rules(found, others)[:limit]


def alike(
    connection: Connection,
    product_id: str,
    customer_id: str | None,
    *,
    limit: int,
    check: ShowCheck,
    find: Callable[[str], Iterable[Product]],
    now: datetime,
) -> list[Recommendation]:
    """Give up to `limit` products like one of the catalogue, none of which is the same thing in another size.

    Where its category holds too few, the rest is what its name finds in others.

    Parameters
    ----------
    find : gives products for words. The others as for `instead_of`.
    """
    wanted = products_by_id(connection, [product_id]).get(product_id)
    if wanted is None or not check.allows_talk_of(wanted):
        return []
    others = [row for row in products_of_category(connection, wanted.category) if _is_other(row, wanted) and check(row)]
    if len({kind_of(row) for row in others}) < limit:
        named = products_by_id(connection, [one.product_id for one in find(kind_of(wanted)[1])])
        others += [one for one in named.values() if one.category != wanted.category and check(one)]
    own = _own(connection, customer_id, others)
    found = check.by_rules(substitutes(wanted, others, limit=limit * _RANKED, own=own), others)[:limit]
    return [replace(one, reason=_reason(one, wanted, own, now)) for one in found]


def _own(
    connection: Connection, customer_id: str | None, rows: Sequence[ProductRow]
) -> Mapping[str, Sequence[datetime]]:
    ids = [row.product_id for row in rows]
    return {} if customer_id is None or not ids else purchase_moments(connection, customer_id, ids)


def _is_other(row: ProductRow, wanted: ProductRow) -> bool:
    return kind_of(row) != kind_of(wanted)


def _reason(found: Recommendation, wanted: ProductRow, own: Mapping[str, Sequence[datetime]], now: datetime) -> Reason:
    moments = own.get(found.product.product_id)
    if moments:
        return reasons.buy_again(moments, now)
    return Reason(
        kind="similar",
        text=f"like the {kind_of(wanted)[1]}, {found.reason.text}",
        evidence=found.reason.evidence | {"like": wanted.product_id},
    )
