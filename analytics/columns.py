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
#: Mean days from one order to the next; absent with a single order.
DAYS_BETWEEN_ORDERS = "days_between_orders"
#: Discount ÷ (paid + discount), 0..1.
DISCOUNT_SHARE = "discount_share"
#: Where most of her order lines are.
FAVOURITE_DEPARTMENT = "favourite_department"
FAVOURITE_CATEGORY = "favourite_category"
#: Up to five, most bought first.
FAVOURITE_CATEGORIES = "favourite_categories"
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
