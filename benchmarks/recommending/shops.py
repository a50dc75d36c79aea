"""The two public shops, as the benchmark of recommendations reads them."""

from __future__ import annotations

from datetime import datetime

from analytics.workspace import open_workspace
from benchmarks.complete_journey import load_complete_journey
from benchmarks.online_retail import load_online_retail
from benchmarks.recommending.splits import Shop, Split, read_shop, split

#: Online Retail ends on 9 December 2011; the last 39 days are foretold.
_RETAIL_END, _RETAIL_CUT = datetime(2011, 12, 10), datetime(2011, 11, 1)  # noqa: DTZ001  (the tables hold naive UTC)
#: The Complete Journey ends with 2017; the last 28 days are foretold.
_JOURNEY_END, _JOURNEY_CUT = datetime(2018, 1, 1), datetime(2017, 12, 4)  # noqa: DTZ001


#: A kind's id is "category: name"; what a till books without a product is none.
_KINDS = """
CREATE TABLE kinds AS SELECT product_id, concat(category, ': ', name) AS kind, name, category, price FROM products
WHERE name IS NOT NULL AND category IS NOT NULL AND name NOT IN ('misc sales trans', 'gasoline-reg unleaded');
CREATE OR REPLACE TABLE lines AS
SELECT order_id, kind AS product_id, sum(quantity) AS quantity FROM lines JOIN kinds USING (product_id) GROUP BY ALL;
CREATE OR REPLACE TABLE products AS
SELECT kind AS product_id, any_value(name) AS name, any_value(category) AS category,
       coalesce(median(price), 0) AS price FROM kinds GROUP BY kind;
"""


def online_retail(one_in: int = 1) -> Shop:
    """Read Online Retail without postage, fees and the like, whose codes do not begin with five digits.

    Parameters
    ----------
    one_in : customers whose number divides by this are read.
    """
    with open_workspace() as sales:
        load_online_retail(sales)
        sales.execute("DELETE FROM products WHERE NOT regexp_matches(product_id, '^[0-9]{5}')")
        sales.execute("DELETE FROM orders WHERE customer_id::INTEGER % $one_in <> 0", {"one_in": one_in})
        return read_shop(sales, _RETAIL_END)


def complete_journey(one_in: int = 1) -> Shop:
    """Read The Complete Journey by kinds: a category and a type of product, whatever the brand and the size.

    Parameters
    ----------
    one_in : households whose number divides by this are read.
    """
    with open_workspace() as sales:
        load_complete_journey(sales, one_in)
        sales.execute(_KINDS)
        return read_shop(sales, _JOURNEY_END)


def retail_split(shop: Shop) -> Split:
    """Cut Online Retail where figures are reported."""
    return split(shop, _RETAIL_CUT)


def journey_split(shop: Shop) -> Split:
    """Cut The Complete Journey where figures are reported."""
    return split(shop, _JOURNEY_CUT)
