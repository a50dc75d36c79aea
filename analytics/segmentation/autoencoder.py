"""A space that an autoencoder learns: two numbers from which recency, orders, money and habits can be told again.

A small network is trained to reproduce its input through a waist of two neurons; up to the waist it is the encoder,
whose weights are kept as plain numbers. What comes out of the waist is placed among all customers, so that no bend of
the network makes a few of them stand apart.
"""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from analytics.segmentation.algorithms import sampled
from analytics.segmentation.figures import Columns
from analytics.segmentation.ranks import fit_grid
from analytics.segmentation.space import Layer, Space
from analytics.segmentation.spaces import habits_space

#: Neurons: wide enough to bend, a waist of two, and back.
_WIDTH, _WAIST = 8, 2
_SAMPLE = 2_000
_ROUNDS = 120


def learned_space(columns: Columns, seed: int) -> Space:
    """Train the autoencoder on the places of all figures that tell customers apart."""
    base = habits_space(columns)
    inputs = base.points(columns) / np.array(base.weights)
    network = MLPRegressor(
        hidden_layer_sizes=(_WIDTH, _WAIST, _WIDTH), activation="tanh", max_iter=_ROUNDS, random_state=seed
    )
    some = sampled(inputs, _SAMPLE, seed)
    with warnings.catch_warnings():
        # The rounds are fixed: where more would make it a little better, the measures say so.
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(some, some)
    layers = tuple(
        Layer(tuple(map(tuple, weights.T.tolist())), tuple(added.tolist()), bend=True)
        for weights, added in zip(network.coefs_[:2], network.intercepts_[:2], strict=True)
    )
    waist = inputs
    for layer in layers:
        waist = layer.of_all(waist)
    return Space(
        name="learned",
        figures=base.figures,
        fallbacks=base.fallbacks,
        scales=base.scales,
        layers=layers,
        grids=tuple(tuple(fit_grid(values).tolist()) for values in waist.T),
        weights=(1.0,) * _WAIST,
        axes=tuple(f"learned {number + 1}" for number in range(_WAIST)),
    )
