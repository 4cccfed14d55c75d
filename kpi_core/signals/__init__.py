"""Is it really changing? Process behaviour charts: routine variation told from a real change."""

from __future__ import annotations

from kpi_core.signals.chart import Chart, Limits, LimitsLabel, SignalRule, chart_of, chart_with, label_of, limits_of
from kpi_core.signals.judge import (
    NO_SIGNAL,
    NO_SPAN,
    SEEN_BACK,
    Point,
    Signal,
    SignalState,
    Span,
    Surprise,
    judge,
    judge_surprise,
)
from kpi_core.signals.mark import Way, headline, way, way_word
from kpi_core.signals.newest import Newest, Usual, newest_seen, newest_signal, usual_of
from kpi_core.signals.words import DELIVERS, EARLY_WARNING, SignalWords

__all__ = [
    "DELIVERS",
    "EARLY_WARNING",
    "NO_SIGNAL",
    "NO_SPAN",
    "SEEN_BACK",
    "Chart",
    "Limits",
    "LimitsLabel",
    "Newest",
    "Point",
    "Signal",
    "SignalRule",
    "SignalState",
    "SignalWords",
    "Span",
    "Surprise",
    "Usual",
    "Way",
    "chart_of",
    "chart_with",
    "headline",
    "judge",
    "judge_surprise",
    "label_of",
    "limits_of",
    "newest_seen",
    "newest_signal",
    "usual_of",
    "way",
    "way_word",
]
