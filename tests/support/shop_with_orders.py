"""A fake shop in which everything can be asked of an order, and what was carried out."""

from __future__ import annotations

from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored


def shop_with_orders() -> FakeAnalytics:
    """Ana has an order in preparation, one on its way and one that came a week ago; Ben has none."""
    orders = [demo_shop.PREPARED, demo_shop.ON_ITS_WAY, demo_shop.RECEIVED]
    return FakeAnalytics(orders_of={"ana": orders, "ben": []})


def requests(shop: FakeAnalytics) -> list[tuple[str, str]]:
    """What was carried out, as (kind, order)."""
    return stored(shop.store, "order_requests", "kind", "order_id") if shop.store else []
