"""The dendrogram of customers as joints that can be drawn."""

from __future__ import annotations

from analytics.report_records import Chart, Column, Grid
from analytics.segment_records import Dendrogram, SegmentsOverview


def joints(tree: Dendrogram) -> list[tuple[float, float, float, float, float]]:
    """Give (place, height) of both ends and the height of each joint; leaves stand at 0, 1, 2, … with height 0."""
    places = [float(number) for number in range(len(tree.leaf_sizes))]
    heights = [0.0] * len(places)
    found = []
    for one, other, height in tree.merges:
        low, high = sorted((one, other), key=lambda each: places[each])
        found.append((places[low], heights[low], places[high], heights[high], height))
        places.append((places[low] + places[high]) / 2)
        heights.append(height)
    return found


def dendrogram_chart(overview: SegmentsOverview) -> Chart | None:
    """Draw which groups of customers are alike."""
    tree = overview.dendrogram
    if tree is None or not tree.merges:
        return None
    names = {segment.segment_id: segment.name for segment in overview.segments}
    leaves = tuple(
        f"{size:,} · {names.get(segment, '–')}"
        for size, segment in zip(tree.leaf_sizes, tree.leaf_segments, strict=True)
    )
    kinds = ("Lower place", "Its height", "Upper place", "Its height", "Joined at")
    steps = tuple((f"Step {number}", round(height, 3)) for number, (_, _, height) in enumerate(tree.merges, 1))
    return Chart(
        name="dendrogram", title="Which groups of customers are alike: the further left two meet, the more",
        about="Small groups of customers (their segment and size at the left), joined step by step by Ward's linkage; "
        "the height of a joint is how unlike those are that it joins.",
        shape="tree", x="Unlikeness of what is joined", y="Group", n=sum(tree.leaf_sizes), of="customers",
        leaves=leaves,
        drawn=Grid(
            tuple(Column(kind, "figure") for kind in kinds),
            tuple(tuple(round(part, 4) for part in joint) for joint in joints(tree)),
        ),
        table=Grid((Column("Step", "text"), Column("Unlikeness of what is joined", "figure")), steps),
    )  # fmt: skip
