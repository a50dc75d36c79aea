"""The demo shop's page sends its own events as any tracker would."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from store.repositories.write_keys import WriteKeyRow, add_write_key
from store.tables import events
from tests.support.threaded_house import threaded_house
from tests.support.web_parts import web_part

pytestmark = pytest.mark.browser

KEY = "pk_of_the_demo_shop"


def test_the_page_and_what_is_looked_at_are_told(tmp_path: Path, page: Page) -> None:
    web_part("shop.js")
    with threaded_house(tmp_path, demo=True, demo_write_key=KEY) as house:
        digest = hashlib.sha256(KEY.encode()).hexdigest()
        row = WriteKeyRow(name="demo-shop", key_hash=digest, kind="page", created_at=datetime.now(UTC))
        house.call(house.house.store.run(lambda connection: add_write_key(connection, row)))
        with page.expect_response("**/v1/batch") as told:
            page.goto(house.url)
        assert told.value.status == 200
        with page.expect_response("**/v1/batch") as told:
            page.locator("[data-product] [data-say]").first.click()
        assert told.value.status == 200
        expect(page.get_by_role("log")).to_be_visible()
        query = select(events.c.type, events.c.name, events.c.channel, events.c.source).order_by(events.c.event_id)
        assert [tuple(row) for row in house.call(house.house.rows(query))] == [
            ("page", "Front page", "web", "demo-shop"),
            ("track", "Product Viewed", "web", "demo-shop"),
        ]
