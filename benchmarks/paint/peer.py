"""The same board in Vizro: fifty reference cards, each with its line chart. Run by an interpreter that has Vizro."""

from __future__ import annotations

import math
import sys

import pandas as pd
import plotly.express as px
import vizro.models as vm  # type: ignore[import-not-found]
from vizro import Vizro
from vizro.figures import kpi_card_reference  # type: ignore[import-not-found]
from vizro.models.types import capture  # type: ignore[import-not-found]

KPIS, PERIODS = 50, 24


@capture("graph")  # type: ignore[untyped-decorator]
def trend(data_frame: pd.DataFrame, column: str) -> object:
    """Draw one KPI's trend."""
    return px.line(data_frame, x="month", y=column)


def components() -> list[object]:
    """List a card and a graph for each KPI."""
    months = pd.date_range("2024-11-01", periods=PERIODS, freq="MS")
    made: list[object] = []
    for number in range(KPIS):
        values = [100 + 10 * math.sin(place * (number + 1)) for place in range(PERIODS)]
        frame = pd.DataFrame({"month": months, "value": values, "target": 101.0})
        made.append(
            vm.Container(
                title=f"KPI {number}",
                components=[
                    vm.Figure(
                        figure=kpi_card_reference(frame, "value", "target", title=f"KPI {number}", agg_func="max")
                    ),
                    vm.Graph(figure=trend(frame, column="value")),
                ],
            )
        )
    return made


page = vm.Page(
    title="Board",
    components=components(),
    layout=vm.Grid(grid=[[*range(k, k + 5)] for k in range(0, KPIS, 5)], row_min_height="260px"),
)
Vizro().build(vm.Dashboard(pages=[page])).run(port=int(sys.argv[1]), debug=False)
