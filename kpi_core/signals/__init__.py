"""Is it really changing? Process behaviour charts: routine variation told from a real change."""

from __future__ import annotations

from kpi_core.signals.chart import Chart, Limits, LimitsLabel, SignalRule, chart_of, label_of, limits_of

__all__ = ["Chart", "Limits", "LimitsLabel", "SignalRule", "chart_of", "label_of", "limits_of"]
