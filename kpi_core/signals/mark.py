"""A signal as a mark and a word or two, for where a sentence has no room."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kpi_core.signals.judge import SignalState

if TYPE_CHECKING:
    from kpi_core.signals.judge import Signal


class Way(StrEnum):
    """Which way a number really goes; good or bad is the status's and the state's matter."""

    RISE = "rise"
    DROP = "drop"
    ROUTINE = "routine"
    UNKNOWN = "unknown"


def way(signal: Signal) -> Way:
    """Tell which way a number really goes."""
    if signal.real:
        return Way.RISE if signal.above else Way.DROP
    return Way.ROUTINE if signal.state is SignalState.ROUTINE else Way.UNKNOWN


def way_word(signal: Signal) -> str:
    """Say a signal in a word or two.

    >>> from kpi_core.signals.judge import NO_SIGNAL, Signal
    >>> way_word(Signal(SignalState.WORSE, above=False)), way_word(NO_SIGNAL)
    ('Real drop', 'Too early')
    """
    match way(signal):
        case Way.RISE:
            return "Real rise"
        case Way.DROP:
            return "Real drop"
        case Way.ROUTINE:
            return "Routine"
        case Way.UNKNOWN:
            return "Too early" if signal.state is SignalState.NONE_YET else "Not judged"


def headline(signal: Signal) -> str:
    """Say a signal as a headline: the words that its sentence begins with, where it is judged at all.

    >>> from kpi_core.signals.judge import NO_SIGNAL, Signal
    >>> headline(Signal(SignalState.WORSE, above=False)), headline(Signal(SignalState.ROUTINE)), headline(NO_SIGNAL)
    ('A real drop', 'Routine variation', 'Too early to say')
    """
    match way(signal):
        case Way.RISE:
            return "A real rise"
        case Way.DROP:
            return "A real drop"
        case Way.ROUTINE:
            return "Routine variation"
        case Way.UNKNOWN:
            return "Too early to say" if signal.state is SignalState.NONE_YET else "Not judged"
