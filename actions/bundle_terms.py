"""The bundle she was told a price of: kept in a slot, so that an order in this conversation is charged that price."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.order_pending import Pending
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.ordering_records import BundlePrice, Quote
from analytics.recommendation_records import Bundle


def told(bundle: Bundle) -> EventType:
    """Keep what she is told of a bundle."""
    terms = {
        "product_ids": [product.product_id for product in bundle.products],
        "price": bundle.price,
        "saving": bundle.saving,
        "reason": bundle.reason.text,
        "until": bundle.until.timestamp(),
    }
    return SlotSet(slots.BUNDLE_TOLD, terms)


def told_before(turn: Turn) -> BundlePrice | None:
    """Give the bundle she was told last, whether its price still holds or not; None where there was none."""
    kept = turn.slot(slots.BUNDLE_TOLD)
    if not isinstance(kept, Mapping):
        return None
    ids = tuple(str(one) for one in kept.get("product_ids") or ())
    return BundlePrice(product_ids=ids, price=float(kept["price"]), saving=float(kept["saving"]))


def reason_told(turn: Turn) -> str:
    """Give why its products go together."""
    return str((turn.slot(slots.BUNDLE_TOLD) or {}).get("reason") or "")


def with_bundle(turn: Turn, analytics: Analytics, pending: Pending) -> tuple[Pending, list[EventType]]:
    """Put the bundle's price on a basket that holds all of it; where it holds no more, tell so and take today's.

    Returns
    -------
    The basket, and what to keep of a price that was told anew.
    """
    before, bare = told_before(turn), replace(pending, bundle_products=(), bundle_price=0.0, bundle_saving=0.0)
    if before is None or not _holds(pending, before.product_ids):
        return bare, []
    now = analytics.bundle_again(before.product_ids, customer_id=turn.customer_id)
    if now is not None and now.price == before.price and not _is_over(turn):
        return _priced(bare, before) if _can_order_so(analytics) else bare, []
    if now is None or not now.saving:
        if before.saving:
            turn.say("utter_bundle_over")
        return bare, [SlotSet(slots.BUNDLE_TOLD, None)]
    terms = BundlePrice(product_ids=before.product_ids, price=now.price, saving=now.saving)
    if (terms.price, terms.saving) != (before.price, before.saving):
        turn.say("utter_bundle_changed", **bundle_facts(now, analytics.shop().currency))
    return _priced(bare, terms), [told(now)]


def terms_of(pending: Pending) -> BundlePrice | None:
    """Give the bundle's price of a basket; None where it has none."""
    if not pending.bundle_products:
        return None
    ids = pending.bundle_products
    return BundlePrice(product_ids=ids, price=pending.bundle_price, saving=pending.bundle_saving)


def written(quote: Quote, currency: str) -> list[tuple[str, str]]:
    """Write what is taken off a basket, as a line under its things; none where nothing is."""
    return [("Bundle price", wording.money(-quote.discount, currency))] if quote.discount else []


def bundle_facts(bundle: Bundle, currency: str) -> dict[str, str]:
    """Give what is said of a bundle."""
    return {
        "products": wording.listing([wording.short_name(product) for product in bundle.products]),
        "price": wording.money(bundle.price, currency),
        "bundle_price": wording.money(bundle.bundle_price, currency),
        "saving": wording.money(bundle.saving, currency),
    }


def _holds(pending: Pending, product_ids: Collection[str]) -> bool:
    basket = {product_id for product_id, quantity in pending.changes if quantity}
    return bool(product_ids) and set(product_ids) <= basket


def _can_order_so(analytics: Analytics) -> bool:
    return analytics.ordering_service().takes_bundles


def _is_over(turn: Turn) -> bool:
    kept = turn.slot(slots.BUNDLE_TOLD) or {}
    return time.time() > float(kept.get("until") or 0.0)


def _priced(pending: Pending, terms: BundlePrice) -> Pending:
    if not terms.saving:
        return pending
    return replace(pending, bundle_products=terms.product_ids, bundle_price=terms.price, bundle_saving=terms.saving)
