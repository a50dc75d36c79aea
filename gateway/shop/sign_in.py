"""Signing in as a sample customer, as the server of a real shop would after its own login. Only with RAPPORT_DEMO=1."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analytics.facade import Analytics, AnalyticsUnavailable
from analytics.records import DemoCustomer
from gateway.api.envelope import ApiError, ok
from gateway.identity import sign_identity


class DemoCustomerView(BaseModel):
    """A sample customer on the sign-in menu."""

    customer_id: str
    name: str
    segment: str | None
    line: str


class DemoCustomers(BaseModel):
    """All sample customers."""

    customers: list[DemoCustomerView]


class SignInRequest(BaseModel):
    """Who to be."""

    model_config = ConfigDict(extra="forbid", strict=True)

    customer_id: Annotated[str, Field(min_length=1, max_length=64)]


class SignedIn(BaseModel):
    """The signed token for the widget, good for an hour, and the name of whom it signs in."""

    identity: str
    name: str


class DemoEndpoints:
    """Lists the sample customers and signs tokens for them."""

    def __init__(self, identity_secret: str, analytics: Analytics, customers: Sequence[DemoCustomer]) -> None:
        self._key = identity_secret
        self._analytics = analytics
        self._customers = {customer.customer_id: customer for customer in customers}

    async def customers(self, _request: web.Request) -> web.Response:
        """`GET /demo/customers`."""
        views = await asyncio.to_thread(lambda: [self._view(customer) for customer in self._customers.values()])
        return ok(DemoCustomers(customers=views).model_dump())

    async def sign_in(self, request: web.Request) -> web.Response:
        """`POST /demo/sign-in`: {"customer_id"} → {"identity", "name"}."""
        _require_own_page(request)
        try:
            wanted = SignInRequest.model_validate_json(await request.read())
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or None
            raise ApiError(400, "bad_request", first["msg"], field) from None
        customer = self._customers.get(wanted.customer_id)
        if customer is None:
            raise ApiError(404, "unknown_customer", "There is no such sample customer.", "customer_id")
        identity = sign_identity(customer.customer_id, customer.name, self._key)
        return ok(SignedIn(identity=identity, name=customer.name).model_dump())

    def _view(self, customer: DemoCustomer) -> DemoCustomerView:
        try:
            segment = self._analytics.segment_of(customer.customer_id)
        except AnalyticsUnavailable:
            segment = None
        return DemoCustomerView(
            customer_id=customer.customer_id,
            name=customer.name,
            segment=segment.name if segment else None,
            line=customer.about,
        )


def _require_own_page(request: web.Request) -> None:
    """Refuse other sites' pages: nobody should be signed in by a page she merely visits."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise ApiError(403, "forbidden", "Only the shop's own page may sign in.")
