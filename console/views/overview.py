"""The overview: figures, charts, tables, downloads."""

from __future__ import annotations

from aiohttp import web

from console.charts import option_of
from console.csv_export import csv_text
from console.keys import FIGURES
from console.periods import DEFAULT_RANGE, RANGES
from console.queries.facts import waiting_now
from console.summary import Summary
from console.tables import FigureTable
from console.threads import reading
from console.views.respond import page


async def show_overview(request: web.Request) -> web.Response:
    """GET: the page; its charts fetch their options themselves."""
    name = request.query.get("range", DEFAULT_RANGE)
    summary = await _summary(request, name if name in RANGES else DEFAULT_RANGE)
    waiting, since = await reading(request, waiting_now)
    return page(request, "overview.html", ranges=RANGES, figures=summary, waiting=waiting, waiting_since=since)


async def chart(request: web.Request) -> web.Response:
    """GET: one chart's ECharts option."""
    table = await _table(request)
    return web.json_response({"ok": True, "data": option_of(table)})


async def download(request: web.Request) -> web.Response:
    """GET: one chart's table as CSV."""
    table = await _table(request)
    name = f"rapport-{table.name}-{request.query.get('range', DEFAULT_RANGE)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(text=csv_text(table.columns, table.rows), content_type="text/csv", headers=headers)


async def _table(request: web.Request) -> FigureTable:
    summary = await _summary(request, request.query.get("range", DEFAULT_RANGE))
    table = summary.tables.get(request.match_info["name"])
    if table is None:
        raise web.HTTPNotFound(text=f"There is no such chart. There are: {', '.join(summary.tables)}.")
    return table


async def _summary(request: web.Request, name: str) -> Summary:
    if name not in RANGES:
        raise web.HTTPBadRequest(text=f"There is no such range. There are: {', '.join(RANGES)}.")
    return await request.app[FIGURES].of(name)
