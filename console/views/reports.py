"""The kept reports: a list, and each as it was written."""

from __future__ import annotations

import asyncio
import re

from aiohttp import web

from console.keys import CONFIG
from console.report.folder import kept_reports, report_file
from console.views.insights import TABS
from console.views.respond import page

#: A report is a page with a policy of its own; "sandbox" keeps its script away from the console it is opened in.
_POLICY = "sandbox allow-scripts allow-popups allow-modals; {own}; frame-ancestors 'none'"
_OWN = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


async def show_reports(request: web.Request) -> web.Response:
    """GET: the last reports, newest first."""
    folder = request.app[CONFIG].reports
    kept = await asyncio.to_thread(kept_reports, folder) if folder else []
    return page(request, "reports.html", tabs=TABS, tab="reports", kept=kept)


async def open_report(request: web.Request) -> web.Response:
    """GET: one report, exactly as it was written."""
    folder = request.app[CONFIG].reports
    file = report_file(folder, request.match_info["week"]) if folder else None
    if file is None:
        raise web.HTTPNotFound(text="There is no report of this week: the last twelve are kept.")
    text = await asyncio.to_thread(file.read_text, encoding="utf-8")
    own = _OWN.search(text)
    policy = _POLICY.format(own=own[1].replace("&#39;", "'") if own else "default-src 'none'")
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})
