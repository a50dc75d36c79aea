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
    "fast": "how often she bought it of late (weeks count)", "middle": "how often she bought it (months count)",
    "slow": "how often she bought it (all of it counts)", "first": "days since she bought it first",
    "skipped": "her orders since without it", "since_first": "share of her orders with it since the first",
    "pieces": "how many pieces she takes of it", "overdue": "how far past its rhythm it is",
    "baskets": "how many orders she placed", "recency": "days since her last order", "gap": "days between her orders",
    "size": "how large her orders are", "novelty": "how much of her orders is new to her",
    "products": "how many products she knows", "neighbours": "how many customers are like her",
    "nearness": "how like her they are", "buyers_7": "who bought it within 7 days",
    "buyers_14": "who bought it within 14 days", "buyers_30": "who bought it within 30 days",
    "buyers_90": "who bought it within 90 days", "rising_now": "whether it sells more than before",
    "pieces_of_all": "how many pieces are taken of it", "category_latest": "its category in her last order",
    "group_known": "whether she knows the like of it", "bought_too_most": "the strongest link from what she buys",
    "same_basket_most": "the strongest link from a basket of hers",
    "alike_most": "the thing of hers that is called most like it",
}  # fmt: skip


def feature_words(name: str) -> str:
    """Word a feature; the place in a source's list is told as such, an unknown one by its name."""
    if name.endswith(_RANK):
        return f"place by {feature_words(name.removesuffix(_RANK))}"
    return FEATURES.get(name, name.replace("_", " "))
