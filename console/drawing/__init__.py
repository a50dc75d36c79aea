"""Charts of a report as ECharts options: data only, so that no name can ever become markup or script.

What needs a function in the browser (writing figures, colouring fields) is named in the key `rapport` of an option;
`web/charts/src/prepared.ts` reads it.
"""

from __future__ import annotations

from console.drawing.options import option_of_chart

__all__ = ["option_of_chart"]
