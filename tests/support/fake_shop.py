"""The demo shop's pages with their real templates, made-up products and customers, and its real help pages."""

from __future__ import annotations

from pathlib import Path

import jinja2
from aiohttp import web

from analytics.help.pages import load_help
from analytics.records import Product, ShopFacts
from gateway.shop.help_pages import HelpPages
from tests.support.device_shop import export_of_products

TEMPLATES = Path(__file__).parents[2] / "gateway" / "shop" / "templates"
HELP = Path(__file__).parents[2] / "rapport/shops/complete_journey/help"
SHOP = ShopFacts(name="The Complete Journey", currency="$", answers={})
CUSTOMERS = [
    {"customer_id": number, "name": name, "segment": segment, "line": line}
    for number, name, segment, line in (
        ("1609", "Anna", "Weekly family shoppers", "Big baskets every Friday, cereal and milk first."),
        ("2489", "Ben", "Coupon hunters", "Never buys without an offer."),
        ("718", "Carla", "Fresh food lovers", "Fruit, salad and fish twice a week."),
        ("1023", "David", "Small quick baskets", "Comes by for lunch and a soft drink."),
        ("32", "Esther", None, "Bought a lot, and has not been seen for two months."),
        ("950", "Farid", "Frozen and ready", "Pizza, ice cream and everything for the freezer."),
    )
]
PRODUCTS = [
    ("Bananas", "Tropical fruit", "Produce", 0.59),
    ("White milk, 1 gallon", "Fluid milk products", "Grocery", 2.79),
    ("Kids cereal, 14.5 oz", "Cold cereal", "Grocery", 2.99),
    ("Shredded cheese, 8 oz", "Cheese", "Grocery", 2.5),
    ("White bread, 20 oz", "Baked bread/buns/rolls", "Grocery", 1.25),
    ("Potato chips, 11 oz", "Bag snacks", "Grocery", 3.29),
    ("Ground coffee, 12 oz", "Coffee", "Grocery", 6.49),
    ("Ice cream, 56 oz", "Ice cream", "Grocery", 4.99),
    ("Choice beef", "Beef", "Meat", None),
    ("Toilet tissue, 12 rolls", "Bath tissues", "Grocery", 5.99),
]


def add_shop(app: web.Application, headers: dict[str, str]) -> None:
    """Serve `/`, `/help`, the three calls of the demo and what browsers recommend from."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    products = [
        Product(product_id=str(number), name=name, category=category, department=department, price=price)
        for number, (name, category, department, price) in enumerate(PRODUCTS)
    ]

    async def page(_: web.Request) -> web.Response:
        body = environment.get_template("shop.html").render(shop=SHOP, has_help=True, products=products)
        return web.Response(text=body, content_type="text/html", headers=headers)

    async def customers(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "data": {"customers": CUSTOMERS}})

    async def sign_in(request: web.Request) -> web.Response:
        wanted = (await request.json())["customer_id"]
        name = next(str(customer["name"]) for customer in CUSTOMERS if customer["customer_id"] == wanted)
        return web.json_response({"ok": True, "data": {"identity": name, "name": name}})

    async def front_row(request: web.Request) -> web.Response:
        keys = ("product_id", "name", "category", "department", "price")
        rows = [{key: getattr(one, key) for key in keys} | {"reason": f"like {one.name}"} for one in products[6:8]]
        personal = request.headers["Authorization"] != "Bearer David"  # David wants nothing personal
        return web.json_response({"ok": True, "data": {"personal": personal, "products": rows}})

    export = export_of_products(products)

    async def on_device(_: web.Request) -> web.Response:
        return web.Response(body=export.body, content_type="application/json", headers=headers)

    pages = HelpPages(load_help(HELP), SHOP, demo=True)

    async def help_page(request: web.Request) -> web.Response:
        response = await (pages.page(request) if "slug" in request.match_info else pages.index(request))
        response.headers.update(headers)
        return response

    app.router.add_get("/", page)
    app.router.add_get("/v1/on-device.json", on_device)
    app.router.add_get("/help", help_page)
    app.router.add_get("/help/{slug}", help_page)
    app.router.add_get("/demo/customers", customers)
    app.router.add_post("/demo/sign-in", sign_in)
    app.router.add_get("/demo/front-row", front_row)
