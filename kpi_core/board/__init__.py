"""The board: one row a KPI, what needs attention first, counts by group. Pure: everything is an argument."""

from __future__ import annotations

from kpi_core.board.alerts import Change, ChangeKind, Digest, Holds, Seen
from kpi_core.board.build import build_board, cards_of, gather
from kpi_core.board.found import found
from kpi_core.board.heat import HEAT, HeatCell, HeatHead, HeatRow, HeatTable, heat_cells, heat_tables
from kpi_core.board.order import Sort, ordered
from kpi_core.board.rollup import counts_in, group, roll_up
from kpi_core.board.row import board_row
from kpi_core.board.shown import Shown, Standing, shown
from kpi_core.board.types import (
    TREND,
    Attention,
    Board,
    BoardRow,
    Group,
    GroupBy,
    KpiHistory,
    NextStep,
    Rollup,
    TrendPoint,
)
from kpi_core.running import Running, SoFar

__all__ = [
    "HEAT",
    "TREND",
    "Attention",
    "Board",
    "BoardRow",
    "Change",
    "ChangeKind",
    "Digest",
    "Group",
    "GroupBy",
    "HeatCell",
    "HeatHead",
    "HeatRow",
    "HeatTable",
    "Holds",
    "KpiHistory",
    "NextStep",
    "Rollup",
    "Running",
    "Seen",
    "Shown",
    "SoFar",
    "Sort",
    "Standing",
    "TrendPoint",
    "board_row",
    "build_board",
    "cards_of",
    "counts_in",
    "found",
    "gather",
    "group",
    "heat_cells",
    "heat_tables",
    "ordered",
    "roll_up",
    "shown",
]
