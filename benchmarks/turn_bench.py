"""`rapport bench turn`: a whole turn and bare Rasa, beside Rasa as `rasa init` leaves it; same data and actions."""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.measure import Load, OpenTalker, talk
from benchmarks.talkers import gateway_talkers, rapport_talkers, stock_talkers
from benchmarks.turn_house import House, open_house, stock_model
from benchmarks.turn_wordings import ACTION_TURNS, fresh_wordings

TALKERS = (1, 8, 32)


def run(quick: bool) -> dict[str, Any]:
    """Measure turns per second and latency with 1, 8 and 32 talkers, each waiting for its answer.

    Parameters
    ----------
    quick : a tenth of the turns, 1 and 8 talkers only, and no stock Rasa (its models take minutes to train).

    Returns
    -------
    dict
        In the form of every benchmark. `turns_per_s` at 8 talkers; `turn_p50_ms`, `turn_p95_ms` at 1 talker.
        Ratios are figure ÷ stock for rates and stock ÷ figure for latencies: above 1 is better than stock.
    """
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as folder:
        figures, baselines, sizes = asyncio.run(_measure(Path(folder), quick))
    best = {
        key: _best(key, [figures_of[key] for figures_of in baselines.values() if key in figures_of]) for key in figures
    }
    ratio = {key: round(_gain(key, figures[key], other), 2) for key, other in best.items() if other is not None}
    return {
        "bench": "turn",
        "sizes": sizes,
        "figures": figures,
        "baselines": baselines,
        "ratio": ratio,
        "seconds": round(time.perf_counter() - began, 1),
    }


def _lower_is_better(key: str) -> bool:
    # The measure comes last, but for the number of talkers: turn_p95_ms_8_talkers.
    measure = re.sub(r"_\d+_talkers$", "", key)
    return measure.endswith(("_ms", "_seconds", "_mib"))


def _best(key: str, values: list[float]) -> float | None:
    if not values:
        return None
    return min(values) if _lower_is_better(key) else max(values)


def _gain(key: str, figure: float, baseline: float) -> float:
    return baseline / figure if _lower_is_better(key) else figure / baseline


async def _measure(folder: Path, quick: bool) -> tuple[dict[str, float], dict[str, dict[str, float]], dict[str, Any]]:
    talkers = TALKERS[:2] if quick else TALKERS
    turns = 60 if quick else 600
    house = open_house(folder, max(talkers))
    texts = fresh_wordings()  # one for all of our runs: no sentence is said twice to the same Rasa
    figures: dict[str, float] = {}
    baselines: dict[str, dict[str, float]] = {}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session, house.actions():
        async with house.rasa() as rasa:
            ways: dict[str, OpenTalker] = {
                "rasa_turn": rapport_talkers(session, rasa.url, house.secret, house.customers)
            }
            async with house.gateway(rasa) as gateway:
                ways["turn"] = gateway_talkers(session, gateway.url, house.identities)
                for way, open_talker in ways.items():
                    figures |= await _figures(way, open_talker, texts, talkers, turns)
                figures["gateway_rss_mib"] = round(gateway.rss_mib(), 1)
            figures |= {"rasa_ready_seconds": round(rasa.ready_seconds, 2), "rasa_rss_mib": round(rasa.rss_mib(), 1)}
        figures["gateway_overhead_p50_ms"] = round(figures["turn_p50_ms"] - figures["rasa_turn_p50_ms"], 2)
        if not quick:
            baselines = await _stock(session, house, talkers, turns // 4)
    return figures, baselines, {"talkers": list(talkers), "turns_per_run": turns, "action_turns": list(ACTION_TURNS)}


async def _stock(
    session: aiohttp.ClientSession, house: House, talkers: tuple[int, ...], turns: int
) -> dict[str, dict[str, float]]:
    """Measure stock Rasa twice: trackers in memory (its default) and in SQLite (its own durable store)."""
    model = stock_model()
    baselines = {}
    for name, endpoints in {"stock_rasa": "endpoints.yml", "stock_rasa_durable": "endpoints_durable.yml"}.items():
        async with house.stock_rasa(model, endpoints) as rasa:
            open_talker = stock_talkers(session, rasa.url, house.customers)
            measured = await _figures("turn", open_talker, fresh_wordings(), talkers, turns)
            # Stock Rasa has no gateway: its bare turn is also the whole turn that a shop would get from it.
            measured |= {f"rasa_{key}": value for key, value in measured.items() if key.startswith("turn")}
            measured |= {"rasa_ready_seconds": round(rasa.ready_seconds, 2), "rasa_rss_mib": round(rasa.rss_mib(), 1)}
            baselines[name] = measured
    return baselines


async def _figures(
    way: str, open_talker: OpenTalker, texts: Iterator[str], talkers: tuple[int, ...], turns: int
) -> dict[str, float]:
    await talk(open_talker, texts, 1, len(ACTION_TURNS))  # warm connections: not measured
    loads: dict[int, Load] = {}
    for count in talkers:
        loads[count] = await talk(open_talker, texts, count, max(6, turns // count))
    failed = sum(load.failed for load in loads.values())
    if failed:
        raise RuntimeError(f"{way}: {failed} turns got no answer: the figures would be worthless")
    figures = {f"{way}s_per_s": round(loads[8].per_second(), 1)}
    figures |= {
        f"{way}_p50_ms": round(loads[1].percentile_ms(50), 1),
        f"{way}_p95_ms": round(loads[1].percentile_ms(95), 1),
    }
    for count, load in loads.items():
        figures |= {
            f"{way}s_per_s_{count}_talkers": round(load.per_second(), 1),
            f"{way}_p95_ms_{count}_talkers": round(load.percentile_ms(95), 1),
            f"{way}_max_ms_{count}_talkers": round(load.max_ms(), 1),
        }
    return figures
