"""The help pages as HTML: an index at `/help`, and a page each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nh3
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markdown_it import MarkdownIt

from analytics.help_records import HelpPage
from analytics.records import ShopFacts

#: What a page's Markdown may become: text, lists, tables, links; no pictures, no headings above its own.
_TAGS = {"p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4",
         "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel"}


def html_of(markdown: str) -> str:
    """Render Markdown of the shop's help folder: HTML in it stays text, and only harmless tags and links come out."""
    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    return nh3.clean(
        str(renderer.render(markdown)),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


class HelpPages:
    """Serves the pages; they are rendered once, when the gateway is made.

    Parameters
    ----------
    pages : all pages, in the order of the index.
    shop : its name is in the title.
    demo : whether the demo shop is served beside them, to which the header then leads.
    """

    def __init__(self, pages: Sequence[HelpPage], shop: ShopFacts, demo: bool) -> None:
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape()
        )
        frame: dict[str, Any] = {"shop": shop, "demo": demo, "has_help": True, "pages": pages}
        index = environment.get_template("help_index.html")
        template = environment.get_template("help_page.html")
        self._index = index.render(frame)
        self._missing = index.render(frame, missing=True)
        self._pages = {
            page.slug: template.render(
                frame,
                page=page,
                current=page.slug,
                sections=[(section, html_of(section.markdown)) for section in page.sections],
            )
            for page in pages
        }

    async def index(self, _request: web.Request) -> web.Response:
        """`GET /help`."""
        return _html(self._index)

    async def page(self, request: web.Request) -> web.Response:
        """`GET /help/{slug}`; where there is no such page, all that there are."""
        page = self._pages.get(request.match_info["slug"])
        return _html(self._missing, status=404) if page is None else _html(page)


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-cache"})
