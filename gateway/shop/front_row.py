"""The row of products at the top of the shop page: everybody's, and her own for who is signed in and allows it."""

from __future__ import annotations

import asyncio

from aiohttp import web
from pydantic import BaseModel

from analytics.facade import Analytics, AnalyticsUnavailable
from analytics.recommendation_records import RecommendContext
from analytics.records import Recommendation
from gateway.api.envelope import ApiError, ok
from gateway.identity import BadIdentityError, verify_identity

PATH = "/demo/front-row"
#: Products of the row, varied over the departments.
PRODUCTS = 8
_FRONT_PAGE = RecommendContext(mode="front_page")
_BEARER = "Bearer "


class FrontProduct(BaseModel):
    """One product; `price` in major units of the shop's currency, `reason` why it is shown."""

    product_id: str
    name: str
    category: str
    department: str
    price: float | None
    reason: str


class FrontRow(BaseModel):
    """The row; `personal` tells whether what she bought was used."""

    personal: bool
    products: list[FrontProduct]


def front_row(analytics: Analytics, customer_id: str | None) -> list[Recommendation]:
    """Give the row of a customer, or of a visitor."""
    return analytics.recommend(customer_id, _FRONT_PAGE, limit=PRODUCTS)


class FrontRowEndpoint:
    """Serves the row of whoever the signed token names.

    Parameters
    ----------
    identity_key : the secret with which the shop's server signs tokens.
    """

    def __init__(self, identity_key: str, analytics: Analytics) -> None:
        self._key = identity_key
        self._analytics = analytics

    async def __call__(self, request: web.Request) -> web.Response:
        """`GET /demo/front-row`, with the token as bearer; without one, a visitor's row."""
        customer_id = self._customer(request.headers.get("Authorization", ""))
        try:
            row = await asyncio.to_thread(self._row, customer_id)
        except AnalyticsUnavailable as error:
            raise ApiError(503, "unavailable", str(error)) from error
        response = ok(row.model_dump())
        response.headers["Cache-Control"] = "no-store"
        return response

    def _customer(self, authorization: str) -> str | None:
        if not authorization:
            return None
        try:
            return verify_identity(authorization.removeprefix(_BEARER), self._key).customer_id
        except BadIdentityError:
            raise ApiError(401, "bad_identity", "The token does not hold; sign in again.") from None

    def _row(self, customer_id: str | None) -> FrontRow:
        picks = front_row(self._analytics, customer_id)
        consents = self._analytics.account_service().consents(customer_id) if customer_id else {}
        products = [
            FrontProduct(
                product_id=pick.product.product_id,
                name=pick.product.name,
                category=pick.product.category,
                department=pick.product.department,
                price=pick.product.price,
                reason=pick.reason.text,
            )
            for pick in picks
        ]
        return FrontRow(personal=bool(consents) and consents["personalisation"].granted, products=products)
