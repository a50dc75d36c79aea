"""What people call the models, their figures and what their curves are of."""

from __future__ import annotations

from dataclasses import dataclass

MODELS = {
    "pareto_nbd": "Pareto/NBD", "mbg_nbd": "MBG/NBD", "bg_nbd": "BG/NBD", "lightgbm": "LightGBM",
}  # fmt: skip

#: Ways to make a list of products, figures of lists, and kinds of lists by the ending of their metrics.
LISTS = {
    "recommender": "The recommender", "habit": "Habit", "popular": "What sells most",
    "popular_30_days": "What sold most within 30 days",
}  # fmt: skip
LIST_FIGURES = {"ndcg": "nDCG@10", "recall": "Recall@10", "hit": "Hit@10", "coverage": "Coverage"}
_LIST_KINDS = {
    "": "Lists of all products", "_new": "Lists of what is new to her", "_first": "Lists after a first look",
}  # fmt: skip

FIGURES = {
    "churn_auc": "Churn: ranks right (AUC, 0.5 is chance, 1 perfect)",
    "churn_brier": "Churn: Brier score (lower is better)",
    "churn_ece": "Churn: calibration error (lower is better)", "orders_mae": "Orders: mean error",
    "orders_bias": "Orders: predicted sum over true sum, less 1", "value_mae": "Value: mean error",
    "value_bias": "Value: predicted sum over true sum, less 1",
    "value_capture": "Value: share of all money that the best tenth by prediction brings",
    "next_order_mae_days": "Next order: mean error in days",
    "next_order_coverage": "Next order: share of the outcomes within the range that is told (0.8 is meant)",
    "next_category_hit_at_1": "Next basket: held the first category told",
    "next_category_hit_at_3": "Next basket: held one of the first three told",
    "next_category_log_loss": "Next basket: log loss over all categories (lower is better)",
    "next_category_ece": "Next basket: calibration error (lower is better)",
    "answer_auc": "Answer: ranks right (AUC, 0.5 is chance, 1 perfect)",
    "answer_log_loss": "Answer: log loss (lower is better)",
    "answer_ece": "Answer: calibration error (lower is better)",
    **{f"{figure}{ending}": f"{kind}: {words}" for ending, kind in _LIST_KINDS.items()
       for figure, words in LIST_FIGURES.items()},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveWords:
    """The words around the curves of a card; as they stand, those of churn and value."""

    #: "The odds of … are off by …".
    odds_of: str = "churn"
    #: What is counted in groups.
    counted: str = "customers"
    #: What it is when a group's odds came true.
    came_true: str = "really ordered nothing"
    #: By what prediction customers are ordered, and what they did with the share of which sum.
    by: str = "value"
    verb: str = "brought"
    sum_of: str = "money"

    @property
    def brought(self) -> str:
        """Head the share."""
        return f"{self.sum_of.capitalize()} they {self.verb}"


CURVES = {
    "next_category": CurveWords(
        odds_of="being in the next basket", counted="categories told", came_true="the next basket really held"
    ),
    "answer": CurveWords(
        odds_of="an answer", counted="customers asked", came_true="really answered",
        by="odds of an answer", verb="gave", sum_of="answers",
    ),
}  # fmt: skip
