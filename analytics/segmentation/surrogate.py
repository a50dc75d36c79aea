"""Segments as rules that a marketer can read, edit and keep: a small decision tree trained to say what the model says.

Each leaf of the tree is a chain of thresholds in the figures' own units; the leaves of a segment together are its
rule, in the form of hand-made segments (`analytics.segmentation.rules`), with thresholds rounded to numbers that people
say. Fidelity is measured on the rounded rules: the share of customers for whom rule and segment agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from analytics import columns as c
from analytics.segmentation.figures import Columns
from analytics.segmentation.measures import Labels

#: A leaf of fewer customers is no rule but an exception.
_LEAST_SHARE = 0.01
#: Leaves per segment at most, and questions in a row.
_LEAVES, _DEPTH = 3, 4
#: A leaf is told when it holds at least this share of the customers whom the tree counts to the segment.
_TOLD = 0.08

#: Lower and upper bound of each figure along a path.
_Bounds = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """The rule of one segment; `recall` share of members it finds, `precision` share of those found who are members."""

    segment_id: int
    condition: dict[str, Any]
    recall: float
    precision: float


@dataclass(frozen=True, slots=True)
class Surrogate:
    """A rule for each segment, and the share of customers for whom the first rule that fits names their segment."""

    rules: tuple[SegmentRule, ...]
    fidelity: float


def state_rules(columns: Columns, figures: Sequence[str], assigned: Labels) -> Surrogate:
    """State segments as rules.

    Parameters
    ----------
    columns, figures : of all customers; the rules speak of these figures.
    assigned : the segment id of every customer.
    """
    ids = sorted(set(assigned.tolist()))
    # A figure that some have not would say nothing of them once the rule is on its own.
    names = [name for name in dict.fromkeys((*c.RFM, *figures)) if not np.isnan(columns[name]).any()]
    table = np.column_stack([columns[name] for name in names])
    tree = DecisionTreeClassifier(
        max_leaf_nodes=max(2, _LEAVES * len(ids)),
        max_depth=_DEPTH,
        min_samples_leaf=max(1, int(_LEAST_SHARE * len(table))),
        random_state=0,
    ).fit(table, assigned)
    paths = _paths(tree, names)
    conditions = [_condition([path for path, _ in _told(paths[segment])]) for segment in ids]
    found = np.column_stack([holds(condition, dict(zip(names, table.T, strict=True))) for condition in conditions])
    rules = []
    for place, segment in enumerate(ids):
        members, fitting = assigned == segment, found[:, place]
        both = int((members & fitting).sum())
        rules.append(
            SegmentRule(
                segment, conditions[place], both / max(int(members.sum()), 1), both / max(int(fitting.sum()), 1)
            )
        )
    first = np.where(found.any(axis=1), np.array(ids)[found.argmax(axis=1)], -1)
    return Surrogate(tuple(rules), float((first == assigned).mean()))


def holds(condition: dict[str, Any], columns: Columns) -> Any:
    """Tell for all customers at once whether a condition of features holds."""
    if "any" in condition:
        return np.logical_or.reduce([holds(part, columns) for part in condition["any"]])
    if "all" in condition:
        return np.logical_and.reduce([holds(part, columns) for part in condition["all"]])
    values = columns[condition["feature"]]
    fits = np.ones(len(values), dtype=bool)
    if "at_least" in condition:
        fits &= values >= condition["at_least"]
    if "at_most" in condition:
        fits &= values <= condition["at_most"]
    return fits


def _paths(tree: Any, names: Sequence[str]) -> dict[int, list[tuple[_Bounds, int]]]:
    """Give for each segment the bounds of each leaf that says so, with the leaf's customers."""
    nodes = tree.tree_
    found: dict[int, list[tuple[_Bounds, int]]] = {int(label): [] for label in tree.classes_}
    waiting: list[tuple[int, _Bounds]] = [(0, {})]
    while waiting:
        node, bounds = waiting.pop()
        if nodes.children_left[node] == -1:
            label = int(tree.classes_[nodes.value[node][0].argmax()])
            found[label].append((bounds, int(nodes.n_node_samples[node])))
            continue
        name, threshold = names[nodes.feature[node]], float(nodes.threshold[node])
        low, high = bounds.get(name, [-np.inf, np.inf])
        waiting.append((int(nodes.children_left[node]), {**bounds, name: [low, min(high, threshold)]}))
        waiting.append((int(nodes.children_right[node]), {**bounds, name: [max(low, threshold), high]}))
    return found


def _told(paths: list[tuple[_Bounds, int]]) -> list[tuple[_Bounds, int]]:
    """Leave out the leaves of few customers; the largest come first."""
    whole = sum(count for _, count in paths)
    ranked = sorted(paths, key=lambda path: -path[1])
    return [path for path in ranked if path[1] >= _TOLD * whole] or ranked[:1]


def _condition(paths: Sequence[_Bounds]) -> dict[str, Any]:
    if not paths:
        return {"any": []}
    chains = [{"all": [part for name, bounds in path.items() for part in _bounds(name, *bounds)]} for path in paths]
    chains = [chain["all"][0] if len(chain["all"]) == 1 else chain for chain in chains]
    return chains[0] if len(chains) == 1 else {"any": chains}


def _bounds(name: str, low: float, high: float) -> list[dict[str, Any]]:
    """Say bounds as a person would: whole orders, days and money rounded to two digits."""
    whole = name in (c.FREQUENCY, c.CATEGORIES_BOUGHT)
    part: dict[str, Any] = {"feature": name}
    if low > -np.inf:
        part["at_least"] = floor(low) + 1 if whole else _round(low)
    if high < np.inf:
        part["at_most"] = floor(high) if whole else _round(high)
    return [part]


def _round(value: float) -> float:
    """Two significant digits, at least whole numbers from 10 on."""
    if value == 0:
        return 0.0
    digits = 1 - floor(log10(abs(value)))
    return float(round(value, digits))
