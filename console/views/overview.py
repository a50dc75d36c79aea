"""The overview: figures, charts, tables, downloads."""

from __future__ import annotations

from aiohttp import web

from console import metrics
from console.charts import option_of
from console.csv_export import csv_text
from console.figures import Reading
from console.keys import FIGURES
from console.periods import DEFAULT_RANGE, RANGES
from console.queries.facts import waiting_now
from console.tables import TABLES, FigureTable
from console.threads import reading
from console.views.respond import page


async def show_overview(request: web.Request) -> web.Response:
    """GET: the page; its charts fetch their options themselves."""
    name = request.query.get("range", DEFAULT_RANGE)
    read = await _reading(request, name if name in RANGES else DEFAULT_RANGE)
    facts = read.facts
    waiting, since = await reading(request, waiting_now)
    figures = {
        "conversations": len(metrics.conversations_in(facts)),
        "messages": len(facts.said),
        "containment": metrics.containment(facts),
        "without_return": metrics.containment_without_return(facts),
        "handoff": metrics.handoff_rate(facts),
        "fallback": metrics.fallback_rate(facts),
        "median": metrics.reply_latency(facts.turns),
        "slow": metrics.reply_latency(facts.turns, 0.95),
        "sentiment": metrics.mean_sentiment(facts.turns),
        "waiting": waiting,
        "waiting_since": since,
    }
    tables = {table_name: make(read) for table_name, make in TABLES.items()}
    return page(request, "overview.html", period=read.period, ranges=RANGES, figures=figures, tables=tables)


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
    make = TABLES.get(request.match_info["name"])
    if make is None:
        raise web.HTTPNotFound(text=f"There is no such chart. There are: {', '.join(TABLES)}.")
    return make(await _reading(request, request.query.get("range", DEFAULT_RANGE)))


async def _reading(request: web.Request, name: str) -> Reading:
    if name not in RANGES:
        raise web.HTTPBadRequest(text=f"There is no such range. There are: {', '.join(RANGES)}.")
    return await request.app[FIGURES].reading(name)
