"""What the segment job found, for a terminal and for programs."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.segment_records import Candidate, SegmentView, VersionKind

_HEADER = "space    method   k  silhouette  by RFM  Davies-B.  Calinski-H.  stability  smallest  balance  spread  score"
#: Candidates that a terminal shows, the best first; the others are in the JSON.
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsReport:
    """What was found. `model_version` None when there is nobody to segment."""

    model_version: str | None
    kind: VersionKind
    customers: int
    #: In the order of their ids.
    segments: tuple[SegmentView, ...]
    #: The measures of everything that was tried; none for few customers, and for what was not found anew.
    candidates: tuple[Candidate, ...]
    rule_fidelity: float | None
    notes: tuple[str, ...]
    seconds: float

    @classmethod
    def empty(cls) -> SegmentsReport:
        """Give the report of a shop without customers."""
        return cls(
            model_version=None,
            kind="rebuild",
            customers=0,
            segments=(),
            candidates=(),
            rule_fidelity=None,
            notes=(),
            seconds=0.0,
        )

    @property
    def chosen(self) -> Candidate | None:
        """The measures of what was chosen."""
        return next((one for one in self.candidates if one.chosen), None)

    def lines(self) -> list[str]:
        """Give the report as lines for a terminal."""
        lines = [f"{self.customers:,} customers in {len(self.segments)} segments in {self.seconds:.1f} s"]
        for segment in self.segments:
            lines += [f"  {segment.segment_id}. {segment.name} ({segment.size:,})", f"     {segment.portrait}"]
            if segment.rule:
                lines.append(f"     Rule: {segment.rule} (finds {segment.rule_recall:.0%} of them)")
        if self.rule_fidelity is not None:
            lines.append(f"Rules and segments agree for {self.rule_fidelity:.0%} of customers.")
        lines += self.notes
        return lines + self._table()

    def _table(self) -> list[str]:
        if not self.candidates:
            return []
        ranked = sorted(self.candidates, key=lambda one: (not one.chosen, -(one.score or -1.0), -one.silhouette))
        noted = [one for one in ranked[_SHOWN:] if one.note]
        return ["", _HEADER, *(_row(one) for one in [*ranked[:_SHOWN], *noted])]


def _row(one: Candidate) -> str:
    score = "–" if one.score is None else f"{one.score:.2f}"
    cells = (
        f"{one.space:<8} {one.method:<8} {one.k}  {one.silhouette:10.3f}  {one.silhouette_rfm:6.3f}  "
        f"{one.davies_bouldin:9.3f}  {one.calinski_harabasz:11,.0f}  {_maybe(one.stability):>9}  "
        f"{one.smallest_share:8.1%}  {one.balance:7.2f}  {_maybe(one.spread):>6}  {score:>5}"
    )
    return cells + ("  ← chosen" if one.chosen else f"  {one.note}" if one.note else "")


def _maybe(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
