"""The shelves and help pages behind `FakeAnalytics`: search, facts and neighbours of products on a plain list."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta

from analytics.catalogue.substitutes import substitutes
from analytics.catalogue.unit_price import unit_price
from analytics.help_records import HelpPage, HelpPassage
from analytics.recommendation.bundle_price import bundle_cents, bundle_id
from analytics.recommendation_records import Bundle, BundlePolicy, DeviceExport
from analytics.records import Order, PriceWish, Product, ProductFacts, Reason, Recommendation
from analytics.wording import spoken_sales
from store.repositories.catalogue import ProductRow
from tests.support import demo_help, demo_shop
from tests.support.device_shop import export_of_products


@dataclass
class FakeCatalogue(ABC):
    """Answers in the order of its lists."""

    products: list[Product] = field(default_factory=lambda: list(demo_shop.PRODUCTS))
    orders_of: dict[str, list[Order]] = field(default_factory=lambda: {"ana": list(demo_shop.ORDERS)})
    #: Ids that go with a product, by its id.
    companions: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"101": ("104", "102", "107")})
    #: What the products of a bundle cost together, and whether she can order at that price.
    bundles: BundlePolicy = field(default_factory=BundlePolicy)
    sells_bundles: bool = True
    #: What is told of a product, by its id.
    descriptions: dict[str, str] = field(default_factory=dict)
    #: What `help` gives, by a word of the question.
    passages: dict[str, HelpPassage] = field(default_factory=lambda: dict(demo_help.PASSAGES))
    #: Another search than that, such as the real one.
    search_help: Callable[[str, int], list[HelpPassage]] | None = None
    pages: tuple[HelpPage, ...] = demo_help.PAGES

    @abstractmethod
    def _ask(self, question: str) -> None:
        """Take down that something was asked; fails where the store is down."""

    def products_by_id(self, product_ids: Collection[str]) -> dict[str, Product]:
        self._ask("products_by_id")
        return {product.product_id: product for product in self.products if product.product_id in product_ids}

    def search_products(
        self, text: str, *, customer_id: str | None = None, limit: int = 3, price: PriceWish | None = None
    ) -> list[Product]:
        self._ask("search_products")
        words = {word.strip("?.!,").rstrip("s") for word in text.lower().split()}
        found = [product for product in self.products if words & _words_of(product)]
        found.sort(key=lambda product: (not product.in_stock, -len(words & _words_of(product))))
        if price is not None:
            found = [product for product in found if product.in_stock and price.allows(product.price)]
            if price.order:
                found.sort(key=lambda product: product.price or 0.0, reverse=price.order == "dearest")
        return found[:limit]

    def product_facts(self, product_ids: Sequence[str], *, customer_id: str | None = None) -> list[ProductFacts]:
        self._ask("product_facts")
        known = {product.product_id: product for product in self.products}
        return [self._facts(known[each], customer_id) for each in product_ids if each in known]

    def device_export(self) -> DeviceExport:
        self._ask("device_export")
        return export_of_products([product for product in self.products if product.in_stock])

    def substitutes(
        self,
        product_id: str,
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
        cheaper: bool = False,
    ) -> list[Recommendation]:
        self._ask("substitutes")
        rows = {product.product_id: ProductRow(**asdict(product), times_sold=1) for product in self.products}
        wanted = rows.get(product_id)
        others = [row for row in rows.values() if wanted is not None and row.category == wanted.category]
        return substitutes(wanted, others, limit=limit, cheaper=cheaper, exclude=exclude) if wanted else []

    def goes_with(
        self,
        product_ids: Sequence[str],
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        self._ask("goes_with")
        ids = [other for one in product_ids for other in self.companions.get(one, ()) if other not in exclude]
        reason = Reason(kind="goes_with", text="3 in 10 baskets with it hold it too")
        known = {product.product_id: product for product in self.products if product.in_stock}
        return [Recommendation(product=known[one], score=1.0, reason=reason) for one in ids if one in known][:limit]

    def bundle(
        self, product_ids: Sequence[str], *, customer_id: str | None = None, exclude: frozenset[str] = frozenset()
    ) -> Bundle | None:
        beside = self.goes_with(product_ids[:1], limit=self.bundles.most_products - 1, exclude=exclude)
        ids = [*product_ids[:1], *(one.product.product_id for one in beside)]
        return self.bundle_again(ids, customer_id=customer_id) if beside else None

    def bundle_again(self, product_ids: Sequence[str], *, customer_id: str | None = None) -> Bundle | None:
        self._ask("bundle")
        known = {product.product_id: product for product in self.products if product.in_stock and product.price}
        listed = [known[one] for one in product_ids if one in known]
        prices = [round((product.price or 0.0) * 100) for product in listed]
        policy = self.bundles if self.sells_bundles else BundlePolicy()
        price, together = sum(prices), bundle_cents(prices, [None] * len(prices), policy)
        if len(listed) < len(product_ids):
            return None
        return Bundle(
            products=tuple(listed),
            price=price / 100,
            bundle_price=together / 100,
            saving=(price - together) / 100,
            reason=Reason(kind="goes_with", text="3 in 10 baskets with it hold it too"),
            bundle_id=bundle_id(product_ids, prices, together),
            until=datetime.now(UTC) + timedelta(hours=policy.hours),
        )

    def similar(
        self,
        product_id: str,
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        self._ask("similar")
        of = {product.product_id: product.category for product in self.products}
        alike = [
            one
            for one in self.products
            if one.category == of.get(product_id) and one.product_id not in exclude | {product_id} and one.in_stock
        ]
        reason = Reason(kind="similar", text="of the same kind")
        return [Recommendation(product=one, score=1.0, reason=reason) for one in alike[:limit]]

    def help(self, text: str, limit: int = 3) -> list[HelpPassage]:
        self._ask("help")
        if self.search_help is not None:
            return self.search_help(text, limit)
        words = text.lower().replace("?", " ").split()
        return [passage for word, passage in self.passages.items() if word in words][:limit]

    def help_pages(self) -> tuple[HelpPage, ...]:
        self._ask("help_pages")
        return self.pages

    def _facts(self, product: Product, customer_id: str | None) -> ProductFacts:
        lines = [line for order in self.orders_of.get(customer_id or "", []) for line in order.lines]
        bought = sum(line.product.product_id == product.product_id for line in lines)
        return ProductFacts(
            product=product,
            unit_price=unit_price(product.price, product.size),
            times_sold=len(product.name),
            times_bought=bought,
            habit=spoken_sales(len(product.name), bought),
            description=self.descriptions.get(product.product_id, ""),
        )


def _words_of(product: Product) -> set[str]:
    return {word.strip(",").rstrip("s") for word in f"{product.name} {product.category}".lower().split()}
