"""The same import, features and segments as a data scientist would write them in an afternoon: plain pandas."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score
from sklearn.preprocessing import StandardScaler

from store.engine import Database

_NOT_GOODS = ("FUEL", "MISCELLANEOUS", "COUPON")


def import_with_pandas(database: Database, folder: Path, now: datetime) -> int:
    """Read the parquet files, clean, write with `to_sql`; give the rows written."""
    sales = pd.read_parquet(folder / "transactions.parquet")
    products = pd.read_parquet(folder / "products.parquet")
    people = pd.read_parquet(folder / "demographics.parquet")
    latest = sales["transaction_timestamp"].max()
    days = int(np.ceil((pd.Timestamp(now).tz_convert(None) - latest) / pd.Timedelta(days=7))) * 7
    sales["placed_at"] = sales["transaction_timestamp"] + pd.Timedelta(days=days)
    sales = sales[sales["placed_at"] <= pd.Timestamp(now).tz_convert(None)]
    tables = {
        "customers": _customers(sales, people),
        "orders": _orders(sales),
        "products": _products(sales, products),
        "order_lines": _lines(sales, products),
        **_offers(folder, days, now),
    }
    with database.write() as connection:
        for name, frame in tables.items():
            frame.to_sql(name, connection, if_exists="append", index=False, chunksize=50_000)
    return sum(len(frame) for frame in tables.values())


def features_with_pandas(database: Database, now: datetime) -> int:
    """Compute recency, frequency, money and habits with groupby; give the customers."""
    with database.read() as connection:
        orders = pd.read_sql_query("SELECT * FROM orders", connection, parse_dates=["placed_at"])
        lines = pd.read_sql_query("SELECT order_id, product_id FROM order_lines", connection)
        goods = pd.read_sql_query("SELECT product_id, category, department FROM products", connection)
    by = orders.groupby("customer_id")
    away = pd.Timestamp(now).tz_convert(None) - by["placed_at"].max()
    frame = pd.DataFrame(
        {
            "recency_days": away.dt.total_seconds() / 86400,
            "frequency": by.size(),
            "monetary": by["total"].sum(),
            "basket_value": by["total"].mean(),
            "first_order": by["placed_at"].min().astype(str),
            "discount_share": by["discount"].sum() / (by["total"].sum() + by["discount"].sum()),
            "usual_hour": by["placed_at"].agg(lambda moments: moments.dt.hour.mode().iloc[0]),
            "weekend_share": by["placed_at"].agg(lambda moments: (moments.dt.dayofweek >= 5).mean()),
        }
    )
    bought = lines.merge(orders[["order_id", "customer_id"]]).merge(goods)
    for key in ("category", "department"):
        counted = bought.groupby(["customer_id", key]).size().rename("lines").reset_index()
        most = counted.sort_values("lines").drop_duplicates("customer_id", keep="last")
        frame[f"favourite_{key}"] = most.set_index("customer_id")[key]
    frame["categories_bought"] = bought.groupby("customer_id")["category"].nunique()
    frame = frame.reset_index()
    own = ["customer_id", "recency_days", "frequency", "monetary"]
    frame["behaviour"] = [json.dumps(row, default=float) for row in frame.drop(columns=own).to_dict("records")]
    frame["computed_at"] = now.astimezone(UTC).replace(tzinfo=None)
    with database.write() as connection:
        connection.exec_driver_sql("DELETE FROM customer_features")
        frame[[*own, "behaviour", "computed_at"]].to_sql(
            "customer_features", connection, if_exists="append", index=False
        )
    return len(frame)


def segments_with_pandas(database: Database, seed: int) -> int:
    """Standard scores, K-Means, k = 3 … 7 by silhouette and agreement over bootstraps; gives k."""
    with database.read() as connection:
        frame = pd.read_sql_query("SELECT * FROM customer_features", connection)
    points = StandardScaler().fit_transform(frame[["recency_days", "frequency", "monetary"]])
    draw = np.random.default_rng(seed)
    fits = {}
    for k in range(3, 8):
        fit = KMeans(k, n_init=10, random_state=seed).fit(points)
        samples = [points[draw.integers(0, len(points), len(points))] for _ in range(20)]
        again = [KMeans(k, n_init=3, random_state=seed).fit(sample).predict(points) for sample in samples]
        agreement = np.mean([adjusted_rand_score(fit.labels_, labels) for labels in again])
        fits[silhouette_score(points, fit.labels_) + agreement] = fit
    best = fits[max(fits)]
    with database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE customer_features SET segment_id = ? WHERE customer_id = ?",
            list(zip(best.labels_.tolist(), frame["customer_id"].tolist(), strict=True)),
        )
    return int(best.n_clusters)


def _customers(sales: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    frame = sales[["household_id"]].drop_duplicates().merge(people, how="left")
    traits = frame.drop(columns="household_id").to_dict("records")
    told = [json.dumps({key: value for key, value in row.items() if isinstance(value, str)}) for row in traits]
    return pd.DataFrame({"customer_id": frame["household_id"].astype(str), "traits": told})


def _orders(sales: pd.DataFrame) -> pd.DataFrame:
    sales = sales.assign(off=sales["retail_disc"] + sales["coupon_disc"] + sales["coupon_match_disc"])
    frame = sales.groupby("basket_id").agg(
        customer_id=("household_id", "first"),
        placed_at=("placed_at", "first"),
        sold=("sales_value", "sum"),
        coupons=("coupon_disc", "sum"),
        discount=("off", "sum"),
        store_id=("store_id", "first"),
    )
    frame["total"] = (frame.pop("sold") - frame.pop("coupons")).clip(lower=0).round(2)
    frame = frame.reset_index().rename(columns={"basket_id": "order_id"})
    return frame.astype({"order_id": str, "customer_id": str, "store_id": str}).round({"discount": 2})


def _products(sales: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    sold = sales[sales["quantity"] > 0].assign(unit=lambda rows: rows["sales_value"] / rows["quantity"])
    last = sold.groupby("product_id")["placed_at"].transform("max")
    recent = sold[sold["placed_at"] >= last - pd.Timedelta(days=90)]
    frame = products.merge(sold.groupby("product_id").size().rename("times_sold").reset_index(), how="left")
    frame = frame.merge(
        recent.groupby("product_id")["unit"].median().round(2).rename("price").reset_index(), how="left"
    )
    newest = sold.groupby("product_id")["placed_at"].max() >= sales["placed_at"].max() - pd.Timedelta(days=90)
    code = frame["product_type"].fillna(frame["product_category"]).fillna(frame["department"])
    name = code.str.capitalize() + (", " + frame["package_size"].str.lower()).fillna("")
    return pd.DataFrame(
        {
            "product_id": frame["product_id"].astype(str),
            "name": name,
            "category": frame["product_category"].fillna(frame["department"]).str.capitalize(),
            "department": frame["department"].str.capitalize(),
            "brand": frame["brand"],
            "size": frame["package_size"],
            "price": frame["price"].where(~frame["department"].isin(_NOT_GOODS)),
            "times_sold": frame["times_sold"].fillna(0).astype(int),
            "in_stock": frame["product_id"].map(newest).fillna(False).astype(bool),
        }
    )


def _lines(sales: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    good = sales[(sales["quantity"] > 0) & sales["product_id"].isin(products["product_id"])]
    return pd.DataFrame(
        {
            "order_id": good["basket_id"].astype(str),
            "line": good.groupby("basket_id").cumcount() + 1,
            "product_id": good["product_id"].astype(str),
            "quantity": good["quantity"],
            "amount": (good["sales_value"] - good["coupon_disc"]).clip(lower=0).round(2),
            "discount": (good["retail_disc"] + good["coupon_disc"] + good["coupon_match_disc"]).round(2),
        }
    )


def _offers(folder: Path, days: int, now: datetime) -> dict[str, pd.DataFrame]:
    coupons = pd.read_parquet(folder / "coupons.parquet").drop_duplicates()
    campaigns = pd.read_parquet(folder / "campaign_descriptions.parquet")
    redeemed = pd.read_parquet(folder / "coupon_redemptions.parquet")
    products = pd.read_parquet(folder / "products.parquet")[["product_id", "product_category"]]
    for frame in (coupons, redeemed):
        frame["offer_id"] = frame["campaign_id"].astype(str) + "-" + frame["coupon_upc"].astype(str)
    covered = coupons.merge(products)
    counted = covered.groupby(["offer_id", "campaign_id", "product_category"]).size().rename("products").reset_index()
    offers = counted.sort_values("products").drop_duplicates("offer_id", keep="last").merge(campaigns)
    moved, moment = pd.Timedelta(days=days), pd.Timestamp(now).tz_convert(None)
    starts, ends = offers["start_date"] + moved, offers["end_date"] + moved
    title = "Coupon: " + offers["product_category"].str.capitalize() + " (" + offers["products"].astype(str) + ")"
    return {
        "offers": pd.DataFrame(
            {"offer_id": offers["offer_id"], "title": title, "description": "", "kind": "coupon",
             "category": offers["product_category"], "campaign_id": offers["campaign_id"].astype(str),
             "starts_at": starts, "ends_at": ends, "active": (starts <= moment) & (ends >= moment), "rules": "{}"}
        ),
        "offer_products": pd.DataFrame(
            {"offer_id": covered["offer_id"], "product_id": covered["product_id"].astype(str)}
        ).merge(offers[["offer_id"]]),
        "redemptions": pd.DataFrame(
            {"customer_id": redeemed["household_id"].astype(str), "offer_id": redeemed["offer_id"],
             "redeemed_at": redeemed["redemption_date"] + moved}
        ),
    }  # fmt: skip
