"""Purchases as a matrix in which older baskets weigh less."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from benchmarks.recommending.protocol import Known


def decayed(known: Known, half_life: float) -> Any:
    """Give CSR customers × products: her baskets with it, one `half_life` days old counting half (inf: all alike)."""
    weight = np.exp2(-known.purchases.age / half_life).astype(np.float32)
    return sparse.csr_matrix((weight, (known.purchases.customer, known.purchases.product)), shape=known.shape)
