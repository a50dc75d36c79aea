"""What each of our tables needs from a source: fields with their kinds, keys, references and rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: How a value is read: "id" and "text" as text, "number", "whole" (no fraction), "moment", "flag" (yes or no), "facts"
#: (names and texts).
Kind = Literal["id", "text", "number", "whole", "moment", "flag", "facts"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table of ours."""

    name: str
    kind: Kind
    required: bool = False
    #: Smallest allowed value of a number.
    at_least: float | None = None
    at_most: float | None = None
    #: The table whose ids it must name.
    refers_to: str | None = None
    #: False for what only helps to derive something else.
    stored: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """One table of ours as the importer sees it."""

    name: str
    #: What a row is called in reasons: "unknown product".
    one: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Give a field by name."""
        return next(field for field in self.fields if field.name == name)


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
    )
}
