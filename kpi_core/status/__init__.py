"""Is it on target? Colours of a complete, covered period, the honest greys, and their one sentence."""

from kpi_core.status.colour import judge, judged_bound, meets, rounded_percent
from kpi_core.status.kinds import Judgement, Shape, Side, Status, Verdict
from kpi_core.status.state import Situation, state_of
from kpi_core.status.words import actual_text, gap_text, judgement, shape, verdict_sentence, word

__all__ = [
    "Judgement",
    "Shape",
    "Side",
    "Situation",
    "Status",
    "Verdict",
    "actual_text",
    "gap_text",
    "judge",
    "judged_bound",
    "judgement",
    "meets",
    "rounded_percent",
    "shape",
    "state_of",
    "verdict_sentence",
    "word",
]
