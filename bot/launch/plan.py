"""The order in which a graph's nodes can run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: A node's name and the names of the nodes (or inputs) it needs, in the order of its arguments.
Step = tuple[str, tuple[str, ...]]


def ordered(needs: Mapping[str, tuple[str, ...]], targets: Sequence[str]) -> list[Step]:
    """Put what `targets` need before what needs it.

    Parameters
    ----------
    needs : per node the names it needs; a name that is no node is an input and is left out.
    targets : nodes whose results are wanted.

    Returns
    -------
    The steps in an order in which they can run, each once.

    Raises
    ------
    ValueError : the nodes need each other in a circle.
    """
    steps: dict[str, Step] = {}
    open_nodes: set[str] = set()

    def visit(name: str) -> None:
        if name in steps or name not in needs:
            return
        if name in open_nodes:
            raise ValueError(f"The graph's node {name!r} needs itself.")
        open_nodes.add(name)
        for need in needs[name]:
            visit(need)
        steps[name] = (name, needs[name])

    for target in targets:
        visit(target)
    return list(steps.values())
