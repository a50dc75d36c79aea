"""One set of tests for every order service: ours on both databases, and a shop's own over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from analytics.order_records import OrderPolicy
from analytics.order_service import OrderService
from analytics.orders.http import HttpOrderService
from store.engine import Database
from tests.support import demo_shop, order_store
from tests.support.databases import migrated_database
from tests.support.order_system import ShopSystem, serving


class ServiceOn(Protocol):
    def __call__(self, database: Database, policy: OrderPolicy = ..., now: datetime = ...) -> OrderService: ...


@pytest.fixture(params=["sqlite", "postgresql", "over HTTP"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database(kind: str, tmp_path: Path) -> Iterator[Database]:
    # SQLite in a file, not in memory: there several threads have a connection each.
    with migrated_database("sqlite" if kind == "over HTTP" else kind, tmp_path / "orders.db") as made:
        fill = {"ana": [demo_shop.PREPARED, demo_shop.ON_ITS_WAY, demo_shop.RECEIVED], "ben": []}
        order_store.fill(made, fill)
        yield made


@pytest.fixture
def service_on(kind: str) -> Iterator[ServiceOn]:
    """Make the order service on a database, whose clock stands still."""
    with ExitStack() as shops:

        def make(
            database: Database, policy: OrderPolicy = order_store.POLICY, now: datetime = order_store.NOW
        ) -> OrderService:
            ours = order_store.service_on(database, policy, now)
            if kind != "over HTTP":
                return ours
            return HttpOrderService(shops.enter_context(serving(ShopSystem(ours))), policy)

        yield make
