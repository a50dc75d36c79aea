"""The known events: the semantic e-commerce and e-mail events of the Segment spec, with the types of their properties.

Any other name is a free event: kept as it is, counted for presence, and read by whoever knows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.events.kinds import (
    Kind,
    Products,
    a_count,
    a_list,
    a_number,
    a_query,
    a_text,
    an_amount,
    an_id,
)

_PRODUCT: dict[str, Kind] = {
    "product_id": an_id,
    "sku": a_text,
    "category": a_text,
    "name": a_text,
    "brand": a_text,
    "variant": a_text,
    "price": an_amount,
    "quantity": a_count,
    "coupon": a_text,
    "position": a_number,
    "url": a_text,
    "image_url": a_text,
}
_PRODUCTS: dict[str, Kind] = {"products": Products(_PRODUCT)}
_LIST: dict[str, Kind] = {"list_id": a_text, "category": a_text, **_PRODUCTS}
_CART: dict[str, Kind] = {"cart_id": a_text, **_PRODUCTS}
_PROMOTION: dict[str, Kind] = {"promotion_id": a_text, "creative": a_text, "name": a_text, "position": a_text}
_ORDER: dict[str, Kind] = {
    "order_id": an_id,
    "checkout_id": a_text,
    "affiliation": a_text,
    "subtotal": an_amount,
    "total": an_amount,
    "revenue": an_amount,
    "value": an_amount,
    "shipping": an_amount,
    "tax": an_amount,
    "discount": an_amount,
    "coupon": a_text,
    "currency": a_text,
    **_PRODUCTS,
}
_STEP: dict[str, Kind] = {
    "checkout_id": a_text,
    "order_id": a_text,
    "step": a_number,
    "shipping_method": a_text,
    "payment_method": a_text,
}
_COUPON: dict[str, Kind] = {
    "order_id": a_text,
    "cart_id": a_text,
    "coupon_id": a_text,
    "coupon_name": a_text,
    "discount": a_number,
    "reason": a_text,
}
_WISH: dict[str, Kind] = {"wishlist_id": a_text, "wishlist_name": a_text, **_PRODUCT}
_SHARE: dict[str, Kind] = {"share_via": a_text, "share_message": a_text, "recipient": a_text}
_REVIEW: dict[str, Kind] = {"product_id": an_id, "review_id": a_text, "review_body": a_text, "rating": a_number}
_MAIL: dict[str, Kind] = {
    "email_id": a_text,
    "email_subject": a_text,
    "campaign_id": a_text,
    "campaign_name": a_text,
    "link_id": a_text,
    "link_url": a_text,
}


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """One known event.

    `action` is what it means to the profile (see `analytics.live`); None where it is kept and no more. `needs` are the
    properties without which it says nothing.
    """

    name: str
    action: str | None
    properties: dict[str, Kind] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


_KNOWN = (
    KnownEvent("Products Searched", "search", {"query": a_query}),
    KnownEvent("Product List Viewed", "list", _LIST),
    KnownEvent("Product List Filtered", "list", {**_LIST, "filters": a_list, "sorts": a_list}),
    KnownEvent("Promotion Viewed", None, _PROMOTION),
    KnownEvent("Promotion Clicked", "promotion", _PROMOTION),
    KnownEvent("Product Clicked", None, _PRODUCT),
    KnownEvent("Product Viewed", "view", _PRODUCT),
    KnownEvent("Product Added", "add", {"cart_id": a_text, **_PRODUCT}, ("product_id",)),
    KnownEvent("Product Removed", "remove", {"cart_id": a_text, **_PRODUCT}, ("product_id",)),
    KnownEvent("Cart Viewed", "cart", _CART),
    KnownEvent("Checkout Started", "checkout", {**_ORDER, "order_id": a_text}),
    KnownEvent("Checkout Step Viewed", None, _STEP),
    KnownEvent("Checkout Step Completed", None, _STEP),
    KnownEvent("Payment Info Entered", None, _STEP),
    KnownEvent("Order Completed", "order", _ORDER, ("order_id",)),
    KnownEvent("Order Updated", "order_updated", _ORDER, ("order_id",)),
    KnownEvent("Order Refunded", "order_refunded", _ORDER, ("order_id",)),
    KnownEvent("Order Cancelled", "order_cancelled", _ORDER, ("order_id",)),
    KnownEvent("Coupon Entered", None, _COUPON),
    KnownEvent("Coupon Applied", "coupon", _COUPON),
    KnownEvent("Coupon Denied", None, _COUPON),
    KnownEvent("Coupon Removed", None, _COUPON),
    KnownEvent("Product Added to Wishlist", "wish", _WISH),
    KnownEvent("Product Removed from Wishlist", None, _WISH),
    KnownEvent("Wishlist Product Added to Cart", "add", {"cart_id": a_text, **_WISH}, ("product_id",)),
    KnownEvent("Product Shared", "share", {**_SHARE, **_PRODUCT}),
    KnownEvent("Cart Shared", "share", {**_SHARE, **_CART}),
    KnownEvent("Product Reviewed", "review", _REVIEW),
    KnownEvent("Email Delivered", None, _MAIL),
    KnownEvent("Email Opened", "mail_open", _MAIL),
    KnownEvent("Email Link Clicked", "mail_click", _MAIL),
    KnownEvent("Email Bounced", None, _MAIL),
    KnownEvent("Email Marked as Spam", None, _MAIL),
    KnownEvent("Unsubscribed", None, _MAIL),
)
#: Names of the first version of the spec, and common slips.
_ALSO = {
    "Viewed Product Category": "Product List Viewed",
    "Viewed Product": "Product Viewed",
    "Clicked Product": "Product Clicked",
    "Added Product": "Product Added",
    "Removed Product": "Product Removed",
    "Viewed Promotion": "Promotion Viewed",
    "Clicked Promotion": "Promotion Clicked",
    "Completed Order": "Order Completed",
    "Order Canceled": "Order Cancelled",
}

#: {name in lower case: known event}; trackers differ in capitals.
CATALOGUE: dict[str, KnownEvent] = {one.name.lower(): one for one in _KNOWN}
CATALOGUE |= {also.lower(): CATALOGUE[name.lower()] for also, name in _ALSO.items()}

#: Actions that change what is kept of orders; see `analytics.events.orders`.
ORDER_ACTIONS = frozenset({"order", "order_updated", "order_refunded", "order_cancelled"})
