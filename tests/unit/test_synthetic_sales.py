"""The shop that the scale benchmark draws: the same each time, skewed as shops are, and read as it is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from analytics import columns as c
from analytics.features.decode import SCHEMA
from analytics.features.parquet import feature_table_of_lines
from analytics.workspace import open_workspace
from benchmarks.synthetic_sales import END, write_sales


def test_features_of_order_lines_in_files_add_up_to_what_the_files_hold(tmp_path: Path) -> None:
    orders = write_sales(tmp_path / "shop", lines=5_000, customers=60)
    lines = pq.read_table(tmp_path / "shop" / "sales.parquet")
    with open_workspace(memory="200MB", spill=tmp_path / "spill") as sales:
        sales.execute(f"CREATE VIEW sales AS FROM '{tmp_path}/shop/sales.parquet/*.parquet'")
        sales.execute(f"CREATE VIEW products AS FROM '{tmp_path}/shop/products.parquet'")
        features = feature_table_of_lines(sales, END, "Europe/Berlin")
    assert features.schema == SCHEMA
    assert sum(features[c.FREQUENCY].to_pylist()) == orders
    assert round(sum(features[c.MONETARY].to_pylist()) * 100) == sum(lines["amount"].to_pylist())
    per_order = np.array(features[c.LINES_PER_ORDER]) * np.array(features[c.FREQUENCY])
    assert round(float(per_order.sum())) == 5_000
    brought_back = float((np.array(features[c.RETURN_SHARE]) * per_order).sum())
    assert round(brought_back) == int((lines["quantity"].to_numpy() < 0).sum())


def test_the_same_seed_draws_the_same_shop_and_a_fifth_of_customers_orders_half(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_sales(tmp_path / name, lines=20_000, customers=500)
    one, two = (pq.read_table(tmp_path / name / "sales.parquet") for name in ("one", "two"))
    assert one.equals(two)
    orders = np.sort(np.bincount(np.unique(one.select(["order_id", "customer_id"]).to_pandas(), axis=0)[:, 1]))[::-1]
    assert 0.45 < orders[:100].sum() / orders.sum() < 0.65
