"""Names of the figures that are computed of a customer: columns, keys of behaviour, keys of a segment's means."""

from __future__ import annotations

CUSTOMER_ID = "customer_id"
#: Days since the last order.
RECENCY_DAYS = "recency_days"
#: Number of orders.
FREQUENCY = "frequency"
#: Money spent in all, major currency units.
MONETARY = "monetary"

#: The three in the order in which the segment model keeps them.
RFM = (RECENCY_DAYS, FREQUENCY, MONETARY)

#: 1 (low) to 5 (best) by quintile; equal values have equal scores.
RECENCY_SCORE = "recency_score"
FREQUENCY_SCORE = "frequency_score"
MONETARY_SCORE = "monetary_score"

#: Mean paid total of an order.
BASKET_VALUE = "basket_value"
#: Order lines of an average order.
LINES_PER_ORDER = "lines_per_order"
#: The largest paid total of an order.
BIGGEST_BASKET = "biggest_basket"
#: Mean days from one order to the next; absent with a single order.
DAYS_BETWEEN_ORDERS = "days_between_orders"
#: Standard deviation of the days from one order to the next; absent with fewer than three orders.
INTERVAL_SPREAD = "interval_spread"
#: 1 ÷ (1 + spread ÷ mean), 0..1: 1 orders like a clock, 0.5 by chance; absent with fewer than three orders.
INTERVAL_REGULARITY = "interval_regularity"
#: Days since the first order.
TENURE_DAYS = "tenure_days"
#: Discount ÷ (paid + discount), 0..1.
DISCOUNT_SHARE = "discount_share"
#: Order lines with a negative quantity (brought back) ÷ all her order lines, 0..1.
RETURN_SHARE = "return_share"
#: Where most of her order lines are.
FAVOURITE_DEPARTMENT = "favourite_department"
FAVOURITE_CATEGORY = "favourite_category"
#: Up to five, most bought first.
FAVOURITE_CATEGORIES = "favourite_categories"
#: Share of her order lines in each of the favourite categories, in their order, 0..1; and in the first of them.
CATEGORY_SHARES = "category_shares"
FAVOURITE_SHARE = "favourite_share"
#: How many different categories she bought from.
CATEGORIES_BOUGHT = "categories_bought"
#: "morning" (5–11), "afternoon" (12–16), "evening" (17–21) or "night".
USUAL_TIME = "usual_time"
#: The most frequent hour of her orders, 0..23.
USUAL_HOUR = "usual_hour"
#: Share of orders on Saturday or Sunday, 0..1.
WEEKEND_SHARE = "weekend_share"
#: ISO dates.
FIRST_ORDER = "first_order"
LAST_ORDER = "last_order"
#: Orders within 90 days before the moment of computing, and within the 90 days before those.
ORDERS_LAST_90_DAYS = "orders_last_90_days"
ORDERS_90_DAYS_BEFORE = "orders_90_days_before"
#: Orders within the last 30 and 180 days.
ORDERS_LAST_30_DAYS = "orders_last_30_days"
ORDERS_LAST_180_DAYS = "orders_last_180_days"
#: Money spent within the last 90 days, major currency units.
SPENT_LAST_90_DAYS = "spent_last_90_days"
#: (last 90 − 90 before) ÷ (last 90 + 90 before), −1..1: 1 only lately, −1 not any more; absent without either.
ORDER_TREND = "order_trend"

#: Of conversations: mood -1..1, newer turns more; its last 60 days less the days before; turns and requests that could
#: not be met in the last 60 days; complaints not resolved, and those of the last 60 days; shares of turns about trouble
#: and about buying.
SENTIMENT_LEVEL = "sentiment_level"
SENTIMENT_SLOPE = "sentiment_slope"
TURNS_LATELY = "turns_lately"
UNMET_LATELY = "unmet_lately"
COMPLAINTS_OPEN = "complaints_open"
COMPLAINTS_LATELY = "complaints_lately"
TROUBLE_SHARE = "trouble_share"
SHOPPING_SHARE = "shopping_share"
