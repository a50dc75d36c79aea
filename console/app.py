"""The console as an aiohttp application, to be mounted at /console."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analytics.facade import Analytics
from console.auth.guard import guarded
from console.auth.throttle import SignInThrottle
from console.config import ConsoleConfig
from console.drawing.filters import PART_FILTERS
from console.expectations import engagement_line, expected_lines, moved
from console.figures import Figures
from console.filters import filters_for
from console.habits import habit_lines, plain_figure
from console.keys import ANALYTICS, CONFIG, DATABASE, DESK, FEED, FIGURES, THROTTLE
from console.live import LiveFeed
from console.middlewares import error_pages, security_headers
from console.ports import Desk
from console.predicting import PREDICTION_FILTERS
from console.routes import ROUTES
from console.wording import plain
from store.engine import Database

#: A form of the console is a few kilobytes at most.
_BODY_LIMIT = 64 * 1024


def create_console(config: ConsoleConfig, database: Database, analytics: Analytics, desk: Desk) -> web.Application:
    """Make the console; mount it with `app.add_subapp("/console", …)`.

    Scripts and styles are expected at `/static/console.js`, `/static/console-charts.js` and `/static/console.css`.

    Parameters
    ----------
    config : who signs, how long sessions last, what time it is.
    database : with all tables.
    analytics : profiles, orders, offers; asked in threads.
    desk : ownership of conversations.

    Returns
    -------
    aiohttp.web.Application
        Its background task (listening to the desk) starts and ends with the application.
    """
    app = web.Application(middlewares=[security_headers, error_pages], client_max_size=_BODY_LIMIT)
    app[CONFIG], app[DATABASE], app[ANALYTICS], app[DESK] = config, database, analytics, desk
    app[THROTTLE], app[FIGURES], app[FEED] = SignInThrottle(), Figures(database, config), LiveFeed(desk)
    environment = aiohttp_jinja2.setup(
        app,
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        filters=filters_for(config),
        autoescape=True,
        finalize=_speakable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["assets"] = config.asset_version
    environment.filters |= {"habits": habit_lines, "figure": plain_figure, **PART_FILTERS, **PREDICTION_FILTERS}
    environment.filters |= {"expected": expected_lines, "engaged": engagement_line, "moved": moved}
    for route in ROUTES:
        app.router.add_route(route.method, route.path, guarded(route))
    app.cleanup_ctx.append(_listening_to_the_desk)
    app.on_shutdown.append(_end_streams)
    return app


def _speakable(value: Any) -> Any:
    """Free every text that reaches a page of control characters; what is markup already was freed before."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


async def _listening_to_the_desk(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[FEED].run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _end_streams(app: web.Application) -> None:
    app[FEED].end()
