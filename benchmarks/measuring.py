"""Quality of probabilities against what came true."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def auc_of(score: Floats, truth: Floats) -> float:
    """Give the chance that one with truth 1 scores above one with truth 0; equal scores count half."""
    order = np.argsort(score, kind="stable")
    _, place, count = np.unique(score[order], return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    ones = truth[order] == 1
    positives, negatives = ones.sum(), (~ones).sum()
    return float((rank[ones].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def log_loss_of(chance: Floats, truth: Floats) -> float:
    """Give the mean of -log(what was said of what came true); chances are kept 1e-5 from 0 and 1."""
    inside = np.clip(chance, 1e-5, 1 - 1e-5)
    return float(-(truth * np.log(inside) + (1 - truth) * np.log(1 - inside)).mean())


def ece_of(chance: Floats, truth: Floats, bins: int = 10) -> float:
    """Give the expected calibration error over bins of equally many, 0..1."""
    parts = np.array_split(np.argsort(chance, kind="stable"), bins)
    return float(sum(len(part) * abs(chance[part].mean() - truth[part].mean()) for part in parts) / len(truth))
