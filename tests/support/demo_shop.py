"""The goods, orders and offers of the shop that `FakeAnalytics` keeps."""

from __future__ import annotations

from datetime import UTC, datetime

from analytics.records import Offer, Order, OrderLine, Product, Segment, ShopFacts

FACTS = ShopFacts(
    name="The Corner Shop",
    currency="$",
    answers={
        "delivery": "We deliver within two days. Delivery is free from $35.",
        "returns": "Bring it back within 30 days, with the receipt, and get your money back.",
        "payment": "You can pay by card, PayPal or gift card.",
        "hours": "We are open Monday to Saturday from 7 am to 10 pm.",
        "contact": "Write to help@corner.example.",
    },
)

CEREAL = Product(
    product_id="101",
    name="Kids cereal, 14.5 oz",
    size="14.5 oz",
    category="Cold cereal",
    department="Grocery",
    price=2.99,
)
DECAF = Product(
    product_id="102", name="Decaf coffee, 12 oz", size="12 oz", category="Coffee", department="Grocery", price=7.5
)
PIZZA = Product(
    product_id="103", name="Frozen pizza, 22 oz", size="22 oz", category="Frozen pizza", department="Grocery", price=4
)
YOGURT = Product(
    product_id="104", name="Greek yogurt, 6 oz", size="6 oz", category="Yogurt", department="Grocery", price=1.25
)
SHAMPOO = Product(
    product_id="105", name="Mild shampoo, 13 oz", size="13 oz", category="Hair care", department="Drug", price=5.49
)
CHEESE = Product(
    product_id="106", name="Cheddar cheese, 8 oz", size="8 oz", category="Cheese", department="Grocery", price=None
)
GINGER = Product(
    product_id="107",
    name="Ginger tea, 20 ct",
    size="20 ct",
    category="Tea",
    department="Grocery",
    price=3.1,
    in_stock=False,
)
PRODUCTS = (CEREAL, DECAF, PIZZA, YOGURT, SHAMPOO, CHEESE, GINGER)

REASONS = {
    "101": "you buy it about every 9 days, last on 3 May",
    "102": "popular with shoppers whose baskets look like yours",
}

REGULARS = Segment(segment_id=3, name="Regulars", portrait="They come every week.", size=400, share=0.2)

ON_ITS_WAY = Order(
    order_id="40251",
    placed_at=datetime(2026, 5, 3, 9, tzinfo=UTC),
    total=12.49,
    discount=1.0,
    state="on_its_way",
    expected_at=datetime(2026, 5, 5, 9, tzinfo=UTC),
    estimated=True,
    lines=(
        OrderLine(product=CEREAL, quantity=1, amount=2.99),
        OrderLine(product=DECAF, quantity=1, amount=7.5),
        OrderLine(product=PIZZA, quantity=1, amount=2.0),
    ),
)
DELIVERED = Order(
    order_id="40100",
    placed_at=datetime(2026, 4, 20, 9, tzinfo=UTC),
    total=5.49,
    discount=0.0,
    state="delivered",
    expected_at=datetime(2026, 4, 22, 9, tzinfo=UTC),
    estimated=False,
    lines=(OrderLine(product=SHAMPOO, quantity=1, amount=5.49),),
)
ORDERS = (ON_ITS_WAY, DELIVERED)

COFFEE_OFFER = Offer(
    offer_id="C17",
    title="10% off coffee",
    description="On every pack of coffee you buy.",
    kind="percent",
    value=10.0,
    category="Coffee",
    ends_at=datetime(2026, 5, 31, tzinfo=UTC),
)
PIZZA_OFFER = Offer(
    offer_id="C18",
    title="A coupon for frozen pizza",
    description="Show it at the till.",
    kind="coupon",
    value=None,
    category="Frozen pizza",
    ends_at=None,
)
OFFERS = (COFFEE_OFFER, PIZZA_OFFER)

#: Not among `ORDERS`: for what can only be done before an order leaves.
PREPARED = Order(
    order_id="40300",
    placed_at=datetime(2026, 5, 4, 8, tzinfo=UTC),
    total=3.74,
    discount=0.0,
    state="being_prepared",
    expected_at=datetime(2026, 5, 6, 8, tzinfo=UTC),
    estimated=False,
    lines=(
        OrderLine(product=YOGURT, quantity=1, amount=1.25),
        OrderLine(product=CEREAL, quantity=1, amount=2.49),
    ),
)
#: Delivered a week ago, with things that may come back and one (hair care) that may not.
RECEIVED = Order(
    order_id="40200",
    placed_at=datetime(2026, 4, 27, 9, tzinfo=UTC),
    total=16.99,
    discount=0.0,
    state="delivered",
    expected_at=None,
    estimated=False,
    lines=(
        OrderLine(product=DECAF, quantity=1, amount=7.5),
        OrderLine(product=PIZZA, quantity=1, amount=4.0),
        OrderLine(product=SHAMPOO, quantity=1, amount=5.49),
    ),
)
