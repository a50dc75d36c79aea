"""What people call the features by which products are ordered."""

from __future__ import annotations

_RANK = "_rank"

FEATURES = {
    "habit": "her habit together with that of customers like her", "own": "how often and how lately she bought it",
    "crowd": "what customers like her buy", "lately": "what customers like her bought lately",
    "just_now": "what customers like her bought just now", "bought_too": "what goes with what she buys",
    "bought_too_now": "what goes with what she bought last", "same_basket": "what lies in the same baskets",
    "same_basket_now": "what lies in baskets with her last one", "follows": "what is bought in the order after",
    "alike": "what is called like things she buys", "alike_now": "what is called like her last basket",
    "recent": "what sells of late", "rising": "what sells more and more", "factors": "taste (matrix factors)",
    "times": "how many times she bought it", "last": "days since she bought it last",
    "rhythm": "her rhythm with it", "due": "whether it is due by her rhythm",
    "due_by_all": "whether it is due by everybody's rhythm", "again": "how often it is bought again",
    "price": "its price", "price_level": "its price beside what she usually pays",
    "category_share": "the category's share in what she buys", "on_shelf": "how long it has been sold",
    "last_sold": "when it was sold last", "everyone": "how many customers bought it",
    "rhythm_of_all": "everybody's rhythm with it",
}  # fmt: skip


def feature_words(name: str) -> str:
    """Word a feature; the place in a source's list is told as such, an unknown one by its name."""
    if name.endswith(_RANK):
        return f"place by {feature_words(name.removesuffix(_RANK))}"
    return FEATURES.get(name, name.replace("_", " "))
