"""What each of our tables needs from a source, in the order in which they are written."""

from __future__ import annotations

from analytics.importing.fields import Field, Target
from analytics.importing.outside_targets import OUTSIDE

#: What a catalogue may tell of its products; an import that does not tell it keeps what another one did.
TOLD = ("stock", "margin", "description")
#: In the order in which they are written: a row's references come before it.
TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target(
            "customers",
            "customer",
            ("customer_id",),
            (
                Field("customer_id", "id", required=True),
                Field("name", "text"),
                Field("email", "text"),
                Field("joined_at", "moment"),
                Field("traits", "facts"),
                # Keys by namespace: {"phone": …, "loyalty": …, "crm": …}; see `analytics.customers.identity`.
                Field("identities", "facts", stored=False),
            ),
        ),
        Target(
            "products",
            "product",
            ("product_id",),
            (
                Field("product_id", "id", required=True),
                Field("name", "text", required=True),
                Field("category", "text", required=True),
                Field("department", "text", required=True),
                Field("brand", "text"),
                Field("size", "text"),
                Field("price", "number", at_least=0),
                Field("currency", "text", stored=False),
                # Told to customers where two products would otherwise have one name: "shop brand".
                Field("told_apart_by", "text", stored=False),
                # Follows from sales unless the shop tells it.
                Field("in_stock", "flag", stored=False),
                Field("stock", "whole", at_least=0),
                Field("margin", "number", at_most=1),
                # Prose; markup is taken out.
                Field("description", "text"),
            ),
        ),
        Target(
            "orders",
            "order",
            ("order_id",),
            (
                Field("order_id", "id", required=True),
                Field("customer_id", "id", required=True, refers_to="customers"),
                Field("placed_at", "moment", required=True),
                Field("total", "number", required=True, at_least=0),
                Field("discount", "number", at_least=0),
                Field("status", "text"),
                Field("store_id", "text"),
                # Of its amounts; the shop's own unless mapped.
                Field("currency", "text", stored=False),
            ),
        ),
        Target(
            "order_lines",
            "order line",
            (),
            (
                Field("order_id", "id", required=True, refers_to="orders"),
                Field("product_id", "id", required=True, refers_to="products"),
                Field("quantity", "whole", required=True, at_least=1),
                Field("amount", "number", required=True, at_least=0),
                Field("discount", "number", at_least=0),
                # Price of one piece before coupons; amount / quantity unless mapped.
                Field("unit_price", "number", stored=False),
                # Its order's unless mapped.
                Field("currency", "text", stored=False),
            ),
        ),
        Target(
            "offers",
            "offer",
            ("offer_id",),
            (
                Field("offer_id", "id", required=True),
                Field("title", "text", required=True),
                Field("description", "text"),
                Field("kind", "text", required=True),
                Field("value", "number", at_least=0),
                Field("category", "text"),
                Field("campaign_id", "text"),
                Field("starts_at", "moment"),
                Field("ends_at", "moment"),
            ),
        ),
        Target(
            "offer_products",
            "offer's product",
            ("offer_id", "product_id"),
            (
                Field("offer_id", "id", required=True, refers_to="offers"),
                Field("product_id", "id", required=True, refers_to="products"),
            ),
        ),
        Target(
            "redemptions",
            "redemption",
            (),
            (
                Field("customer_id", "id", required=True, refers_to="customers"),
                Field("offer_id", "id", required=True, refers_to="offers"),
                Field("redeemed_at", "moment", required=True),
            ),
        ),
        *OUTSIDE,
    )
}
