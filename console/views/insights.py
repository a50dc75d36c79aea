"""The pages on the whole shop: sections of the report that was made last, and the segments."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from analytics.insight_records import CustomerPage, CustomerQuery, SegmentRow
from analytics.report_records import Chart, Part, Report, Section
from console.csv_export import csv_text
from console.drawing import option_of_chart
from console.keys import ANALYTICS, CONFIG
from console.threads import writing
from console.views.customers import Listed, query_of
from console.views.respond import me, page, see
from store.repositories import audit

#: The tabs, in order: (name, words). A name is a section of the report, but for "reports".
TABS = (
    ("shop", "Shop"), ("segments", "Segments"), ("predictions", "Predictions"),
    ("recommendations", "Recommendations"), ("quality", "Data quality"), ("reports", "Reports"),
)  # fmt: skip
_MEMBERS = 25
#: Rows of the list of whom to win back that can be taken away at once.
_EXPORTED = 2_000
_WIN_BACK = (
    "Customer", "Name", "Segment", "Days since the last order", "Orders", "Spent", "Orders nothing, probability",
    "Expected", "At risk",
)  # fmt: skip


async def show_home(_request: web.Request) -> web.Response:
    """GET: leads on to the first tab."""
    return see("/console/insights/shop")


async def show_section(request: web.Request) -> web.Response:
    """GET: one section, with the summary above the shop's."""
    name = request.match_info["section"]
    if name not in dict(TABS):
        raise web.HTTPNotFound(text=f"There is no such page. There are: {', '.join(words for _, words in TABS)}.")
    report = await _report(request)
    section = report.section(name) if report else None
    return page(request, "insights.html", tabs=TABS, tab=name, title=dict(TABS)[name], report=report, section=section)


async def show_segments(request: web.Request) -> web.Response:
    """GET: the segments in use, and below them what the report says of them."""
    segments = await asyncio.to_thread(request.app[ANALYTICS].insights().segments)
    report = await _report(request)
    section = report.section("segments") if report else None
    return page(
        request, "segments.html", tabs=TABS, tab="segments", report=report, section=_without_cards(section),
        segments=segments, currency=await _currency(request),
    )  # fmt: skip


async def show_segment(request: web.Request) -> web.Response:
    """GET: one segment: who they are, the rule, its members; only the table where the page asks for another order."""
    number, analytics = request.match_info["segment_id"], request.app[ANALYTICS]
    segment_id = int(number) if number.isdecimal() and len(number) < 6 else -1
    wanted = query_of(request, segment_id=segment_id, size=_MEMBERS)

    def read() -> tuple[SegmentRow | None, CustomerPage]:
        insights = analytics.insights()
        known = next((one for one in insights.segments() if one.segment_id == segment_id), None)
        return known, insights.customers(wanted)

    segment, found = await asyncio.to_thread(read)
    if segment is None:
        raise web.HTTPNotFound(text="There is no such segment: they may have been found anew.")
    listed = Listed(wanted, found, f"/console/insights/segments/{segment_id}")
    context: dict[str, Any] = {"listed": listed, "currency": await _currency(request)}
    if "HX-Request" in request.headers:
        return page(request, "parts/customer_list.html", **context)
    report = await _report(request)
    card = _part(report.section("segments") if report else None, f"segment-{segment_id}")
    return page(request, "segment.html", tabs=TABS, tab="segments", segment=segment, card=card, **context)


async def chart(request: web.Request) -> web.Response:
    """GET: one chart's ECharts option."""
    report, part = await _asked_for(request)
    if not isinstance(part, Chart):
        raise web.HTTPNotFound(text="There is no such chart.")
    return web.json_response({"ok": True, "data": option_of_chart(part, report.currency)})


async def download(request: web.Request) -> web.Response:
    """GET: the table of one chart or list as CSV."""
    _, part = await _asked_for(request)
    grid = part.read if isinstance(part, Chart) else getattr(part, "grid", None)
    if grid is None:
        raise web.HTTPNotFound(text="There is no such table.")
    text = csv_text([column.name for column in grid.columns], grid.rows)
    headers = {"Content-Disposition": f'attachment; filename="rapport-{part.name}.csv"'}
    return web.Response(text=text, content_type="text/csv", headers=headers)


async def export_win_back(request: web.Request) -> web.Response:
    """POST: the customers with most money at risk as CSV; who took it is written down."""
    wanted = CustomerQuery(sort="at_risk", size=_EXPORTED)
    found = await asyncio.to_thread(request.app[ANALYTICS].insights().customers, wanted)
    rows = [
        (
            one.customer_id,
            one.name,
            one.segment,
            one.recency_days,
            one.orders,
            one.spent,
            one.churn,
            one.value,
            one.at_risk,
        )
        for one in found.rows
        if one.at_risk
    ]
    now, agent_id = request.app[CONFIG].clock(), me(request).agent_id
    details = {"name": f"Whom to win back, {len(rows)} customers"}
    await writing(
        request, lambda connection: audit.note(connection, "exported", now, agent_id=agent_id, details=details)
    )
    headers = {"Content-Disposition": 'attachment; filename="rapport-win-back.csv"'}
    return web.Response(text=csv_text(_WIN_BACK, rows), content_type="text/csv", headers=headers)


async def _asked_for(request: web.Request) -> tuple[Report, Part]:
    report = await _report(request)
    part = _part(report.section(request.match_info["section"]) if report else None, request.match_info["part"])
    if report is None or part is None:
        raise web.HTTPNotFound(text="There is no such chart: the report may have been made anew. Reload the page.")
    return report, part


def _part(section: Section | None, name: str) -> Part | None:
    return next((part for part in section.parts if part.name == name), None) if section else None


def _without_cards(section: Section | None) -> Section | None:
    """Leave out the portraits: the page shows the segments themselves, which may be newer."""
    if section is None:
        return None
    kept = tuple(part for part in section.parts if not part.name.startswith("segment-"))
    return Section(name=section.name, title=section.title, lead=section.lead, parts=kept, missing=section.missing)


async def _report(request: web.Request) -> Report | None:
    return await asyncio.to_thread(request.app[ANALYTICS].insights().report)


async def _currency(request: web.Request) -> str:
    return (await asyncio.to_thread(request.app[ANALYTICS].shop)).currency
