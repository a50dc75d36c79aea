"""Everybody as a list, and everything on one customer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import Connection

from analytics.facade import Analytics
from analytics.insight_records import CUSTOMER_SORTS, CustomerPage, CustomerQuery, CustomerSort, SegmentRow
from analytics.profile_records import CustomerProfile
from analytics.records import Offer, Order
from console.keys import ANALYTICS
from console.queries.story import story_of
from console.queries.suggestions import Suggestions, suggestions_for
from console.threads import reading
from console.views.respond import page

_ADDRESS = "/console/customers"
#: The longest name anybody types, and the last page anybody turns to.
_LONGEST, _LAST_PAGE = 80, 99_999
_ORDERS = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of customers with the addresses that lead on from it."""

    wanted: CustomerQuery
    found: CustomerPage
    address: str = _ADDRESS

    @property
    def first(self) -> int:
        """Number of the first row, from 1."""
        return self.wanted.page * self.wanted.size + 1

    @property
    def last(self) -> int:
        """Number of the last row."""
        return self.wanted.page * self.wanted.size + len(self.found.rows)

    def sorted_by(self, sort: str) -> str:
        """Give the address of the same list in another order; a second time the other way round."""
        again = sort == self.wanted.sort
        down = not self.wanted.descending if again else sort not in ("name", "segment", "last_order")
        return self._to(sort=sort, descending=down, page=0)

    def turned_to(self, number: int) -> str:
        """Give the address of another page."""
        return self._to(page=number)

    def _to(self, **changes: Any) -> str:
        wanted = replace(self.wanted, **changes)
        told = {"q": wanted.search, "segment": wanted.segment_id or "", "sort": wanted.sort}
        told |= {"way": "down" if wanted.descending else "up", "page": wanted.page or ""}
        return f"{self.address}?{urlencode({name: value for name, value in told.items() if value != ''})}"


def query_of(request: web.Request, **fixed: Any) -> CustomerQuery:
    """Read the list that an address names; what makes no sense in it is left out."""
    asked = request.query
    sort: CustomerSort = next((one for one in CUSTOMER_SORTS if one == asked.get("sort")), "spent")
    segment, number = asked.get("segment", ""), asked.get("page", "")
    wanted = CustomerQuery(
        search=asked.get("q", "").replace("\0", "").strip()[:_LONGEST],
        segment_id=int(segment) if segment.isdecimal() and len(segment) < 6 else None,
        sort=sort,
        descending=asked.get("way", "down") != "up",
        page=min(int(number), _LAST_PAGE) if number.isdecimal() and len(number) < 6 else 0,
    )
    return replace(wanted, **fixed)


async def show_customers(request: web.Request) -> web.Response:
    """GET: the list; only its table where the page itself asks for another order or page."""
    wanted, analytics = query_of(request), request.app[ANALYTICS]

    def read() -> tuple[CustomerPage, tuple[SegmentRow, ...], str]:
        insights = analytics.insights()
        return insights.customers(wanted), insights.segments(), analytics.shop().currency

    found, segments, currency = await asyncio.to_thread(read)
    template = "parts/customer_list.html" if "HX-Request" in request.headers else "customers.html"
    return page(request, template, listed=Listed(wanted, found), segments=segments, currency=currency)


async def show_customer(request: web.Request) -> web.Response:
    """GET: one customer: profile, predictions, segments, what happened."""
    customer_id, analytics = request.match_info["customer_id"], request.app[ANALYTICS]
    known = await asyncio.to_thread(_everything, analytics, customer_id)
    if known is None:
        raise web.HTTPNotFound(text="There is no such customer. The account may have been erased.")

    def story(connection: Connection) -> Any:
        return story_of(connection, customer_id, known.orders, known.currency)

    return page(request, "customer.html", known=known, profile=known.profile, story=await reading(request, story))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What analytics knows of one customer."""

    profile: CustomerProfile
    orders: list[Order]
    offers: list[tuple[Any, Offer]]
    suggested: Suggestions
    currency: str

    @property
    def who(self) -> str:
        """Her name, or the shop's number for her."""
        return self.profile.name or f"Customer {self.profile.customer_id}"


def _everything(analytics: Analytics, customer_id: str) -> Known | None:
    profile = analytics.profile(customer_id)
    if profile is None:
        return None
    return Known(
        profile=profile, orders=analytics.orders(customer_id, limit=_ORDERS),
        offers=analytics.offers_shown(customer_id, limit=5), suggested=suggestions_for(analytics, customer_id),
        currency=analytics.shop().currency,
    )  # fmt: skip
