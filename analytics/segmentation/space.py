"""Feature spaces: from a customer's figures to the point at which segments are told apart.

A space is plain numbers, so that a point costs one customer microseconds and no library:

1. each figure becomes its place among all customers (0..1), or its logarithm in deviations from the mean,
2. layers mix them: aspects are means of figures that say the same, an encoder is two layers with a bend (tanh),
3. what comes out becomes a place again where the space says so, and counts by its weight.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from analytics.segmentation.figures import Columns
from analytics.segmentation.ranks import Floats, place, places

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: rows of weights, one per output, and what is added; `bend` by tanh after it."""

    weights: tuple[Numbers, ...]
    added: Numbers
    bend: bool = False

    def of(self, point: Sequence[float]) -> list[float]:
        """Send one point through."""
        sums = [sum(map(mul, row, point)) + plus for row, plus in zip(self.weights, self.added, strict=True)]
        return [math.tanh(value) for value in sums] if self.bend else sums

    def of_all(self, points: Floats) -> Floats:
        """Send all points through."""
        sums = points @ np.array(self.weights).T + np.array(self.added)
        return np.asarray(np.tanh(sums) if self.bend else sums, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A feature space as it was fitted.

    `figures` : names of `analytics.columns`, in order.
    `fallbacks` : taken where a customer lacks a figure, one each.
    `scales` : of each figure its ascending grid; for `kind` "logs" (mean, deviation) of its logarithm, for "plain"
        nothing that counts: figures are taken as they are.
    `layers` : none, or what mixes the figures.
    `grids` : none, or of each dimension the grid that makes it a place again.
    `weights`, `axes` : of each dimension, how much it counts and what it is called.
    """

    name: str
    figures: tuple[str, ...]
    fallbacks: Numbers
    scales: tuple[Numbers, ...]
    kind: Literal["places", "logs", "plain"] = "places"
    layers: tuple[Layer, ...] = ()
    grids: tuple[Numbers, ...] = ()
    weights: Numbers
    axes: tuple[str, ...]

    def point(self, figures: Mapping[str, float | None]) -> list[float]:
        """Give the point of one customer; figures that she has not take their fall-back."""
        given = [
            fallback if (value := figures.get(name)) is None else float(value)
            for name, fallback in zip(self.figures, self.fallbacks, strict=True)
        ]
        scale = _SCALES[self.kind]
        point = [scale(value, of) for value, of in zip(given, self.scales, strict=True)]
        for layer in self.layers:
            point = layer.of(point)
        if self.grids:
            point = [place(value, grid) for value, grid in zip(point, self.grids, strict=True)]
        return list(map(mul, point, self.weights))

    def points(self, columns: Columns) -> Floats:
        """Give the points of all customers, one row each."""
        scaled = []
        for name, missing, of in zip(self.figures, self.fallbacks, self.scales, strict=True):
            values = np.where(np.isnan(columns[name]), missing, columns[name])
            scaled.append(_scaled_all(values, of, self.kind))
        points = np.column_stack(scaled)
        for layer in self.layers:
            points = layer.of_all(points)
        if self.grids:
            points = np.column_stack([places(points[:, i], _grid(grid)) for i, grid in enumerate(self.grids)])
        return np.asarray(points * np.array(self.weights), dtype=np.float64)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Give the space as arrays for the artifact registry; their names start with `space_`."""
        arrays: dict[str, NDArray[Any]] = {
            "space_name": np.array(self.name),
            "space_figures": np.array(self.figures),
            "space_fallbacks": np.array(self.fallbacks),
            "space_kind": np.array(self.kind),
            "space_weights": np.array(self.weights),
            "space_axes": np.array(self.axes),
            "space_bends": np.array([layer.bend for layer in self.layers], dtype=bool),
        }
        for number, layer in enumerate(self.layers):
            arrays |= {f"space_layer_{number}": np.array(layer.weights), f"space_added_{number}": np.array(layer.added)}
        for kind, of in (("scale", self.scales), ("grid", self.grids)):
            arrays |= {f"space_{kind}_{number}": np.array(values) for number, values in enumerate(of)}
        return arrays


def space_from(arrays: Mapping[str, NDArray[Any]]) -> Space:
    """Give back the space that `to_arrays` packed."""
    figures = tuple(str(name) for name in arrays["space_figures"])
    bends = arrays["space_bends"].tolist()
    layers = tuple(
        Layer(tuple(map(tuple, arrays[f"space_layer_{i}"].tolist())), tuple(arrays[f"space_added_{i}"].tolist()), bend)
        for i, bend in enumerate(bends)
    )
    weights = tuple(arrays["space_weights"].tolist())
    return Space(
        name=str(arrays["space_name"]),
        figures=figures,
        fallbacks=tuple(arrays["space_fallbacks"].tolist()),
        scales=tuple(tuple(arrays[f"space_scale_{i}"].tolist()) for i in range(len(figures))),
        kind=cast(Literal["places", "logs", "plain"], str(arrays["space_kind"])),
        layers=layers,
        grids=tuple(
            tuple(arrays[f"space_grid_{i}"].tolist()) for i in range(len(weights)) if f"space_grid_{i}" in arrays
        ),
        weights=weights,
        axes=tuple(str(name) for name in arrays["space_axes"]),
    )


def _log(value: float, of: Sequence[float]) -> float:
    return (math.log1p(max(value, 0.0)) - of[0]) / of[1]


def _as_is(value: float, _of: Sequence[float]) -> float:
    return value


_SCALES = {"places": place, "logs": _log, "plain": _as_is}


def _scaled_all(values: Floats, of: Numbers, kind: str) -> Floats:
    if kind == "logs":
        return np.asarray((np.log1p(np.maximum(values, 0)) - of[0]) / of[1], dtype=np.float64)
    return values if kind == "plain" else places(values, _grid(of))


def _grid(values: Numbers) -> Floats:
    return np.array(values)
