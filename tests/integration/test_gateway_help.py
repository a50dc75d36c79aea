"""The help pages at the public edge: an index, a page each, nothing that could run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gateway.app import create_app
from gateway.config import GatewayConfig
from gateway.shop.help_pages import html_of
from tests.support.fake_analytics import FakeAnalytics
from tests.support.fake_rasa import SECRET
from tests.support.gateway_house import IDENTITY_SECRET, House, fresh_database, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path)) as opened:
        yield opened


async def _page(house: House, path: str) -> tuple[int, str]:
    async with house.http.get(f"{house.url}{path}") as response:
        assert response.content_type == "text/html"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        return response.status, await response.text()


async def test_the_index_lists_every_page_with_its_headings(house: House) -> None:
    status, page = await _page(house, "/help")
    assert status == 200
    assert 'href="/help/returns"' in page
    assert "Fresh food" in page
    assert "Delivery &lt;fees&gt;" in page


async def test_a_page_shows_its_sections_under_their_anchors(house: House) -> None:
    status, page = await _page(house, "/help/returns")
    assert status == 200
    assert "<h1>Returns and refunds</h1>" in page
    assert '<section id="fresh-food"' in page
    assert "<strong>within two days</strong>" in page
    assert '<a href="/help/delivery">delivery</a>' in page
    assert 'aria-current="page">Returns and refunds' in page


async def test_what_could_run_stays_text(house: House) -> None:
    _, page = await _page(house, "/help/delivery")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("slug", ["gone", "shop.yml", "..%2Fshop", "%3Cscript%3E", "RETURNS"])
async def test_only_what_is_in_the_folder_is_served(house: House, slug: str) -> None:
    status, page = await _page(house, f"/help/{slug}")
    assert status == 404
    assert "There is no such help page" in page
    assert "<script>" not in page


async def test_the_shop_page_leads_to_help(house: House) -> None:
    _, page = await _page(house, "/")
    assert '<a href="/help">Help</a>' in page


async def test_without_the_demo_help_leads_to_no_demo(tmp_path: Path) -> None:
    async with open_house(fresh_database(tmp_path), demo=False) as house:
        status, page = await _page(house, "/help/returns")
    assert status == 200
    assert "demo" not in page
    assert "/console" not in page


async def test_a_shop_without_help_pages_serves_none(tmp_path: Path, aiohttp_client: Any) -> None:
    database = fresh_database(tmp_path)
    config = GatewayConfig(internal_secret=SECRET, identity_secret=IDENTITY_SECRET, demo=True)
    client = await aiohttp_client(create_app(config, database, FakeAnalytics(pages=())))
    assert (await client.get("/help")).status == 404
    assert '"/help"' not in await (await client.get("/")).text()
    await client.close()
    database.close()


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("[mail](mailto:a@b.example)", '<p><a href="mailto:a@b.example">mail</a></p>\n'),
        ("<b onclick=x>bold</b>", "<p>&lt;b onclick=x&gt;bold&lt;/b&gt;</p>\n"),
        ("![x](https://evil.example/p.png)", "<p></p>\n"),
        ("[x](data:text/html,x)", "<p>[x](data:text/html,x)</p>\n"),
    ],
)
def test_markdown_becomes_harmless_html(markdown: str, html: str) -> None:
    assert html_of(markdown) == html
