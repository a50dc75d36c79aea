"""What an application and a request carry, under typed keys."""

from __future__ import annotations

from aiohttp import web

from analytics.facade import Analytics
from console.auth.throttle import SignInThrottle
from console.config import ConsoleConfig
from console.figures import Figures
from console.live import LiveFeed
from console.ports import Desk
from store.engine import Database
from store.repositories.agents import AgentSession

CONFIG: web.AppKey[ConsoleConfig] = web.AppKey("config", ConsoleConfig)
DATABASE: web.AppKey[Database] = web.AppKey("database", Database)
ANALYTICS: web.AppKey[Analytics] = web.AppKey("analytics", Analytics)
DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)
FEED: web.AppKey[LiveFeed] = web.AppKey("feed", LiveFeed)
THROTTLE: web.AppKey[SignInThrottle] = web.AppKey("throttle", SignInThrottle)
FIGURES: web.AppKey[Figures] = web.AppKey("figures", Figures)

#: Who is signed in; set by the guard on every route that asks for somebody.
SESSION: web.RequestKey[AgentSession] = web.RequestKey("session", AgentSession)
#: The token for forms of pages without a session.
FORM_TOKEN: web.RequestKey[str] = web.RequestKey("form_token", str)
