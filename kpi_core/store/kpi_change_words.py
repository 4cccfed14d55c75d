"""A changed member of a KPI in words, where the member is more than a word itself: days, periods, limits, reasons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpi_core.definition.words import ALERT_WORDS
from kpi_core.kpi import AlertWhen, Level, Tier
from kpi_core.period import day_name, period_name
from kpi_core.signals.chart import FROZEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpi_core.business import Business
    from kpi_core.kpi import Kpi

LEFT_OUT = {
    "tier": Tier.KPI.value,
    "level": Level.COMPANY.value,
    "alert": AlertWhen.REAL_CHANGES.value,
    "carry_forward": False,
    "north_star": False,
}
"""What a definition means that does not say it."""
FIRST = f"the first {FROZEN} since the usual level began"


def kpi_member(key: str, old: object, new: object, kpi: Kpi | None, business: Business) -> str:
    """Say what became different of a KPI's member; "" where before and after are plain enough as they stand.

    Args:
        key: the member, as definitions call it.
        old: what it was, as definitions write it; None: not given.
        new: what it is now.
        kpi: names periods by its cadence; None: they go by their first day.
        business: for its calendar.
    """

    def name(day: object) -> str:
        start = date.fromisoformat(str(day))
        if kpi is None:
            return day_name(start, None)
        return period_name(business.calendar.period(kpi.cadence, start), business.calendar, None)

    match key:
        case "rebases":
            return _rebases(_by_day(old), _by_day(new), name)
        case "baseline":
            return f"limits made of: {_baseline(old)}, now {_baseline(new)}"
        case "alert":
            return f"to be told of: {_alert(old)}, now {_alert(new)}"
        case "accepted":
            if not isinstance(new, dict):
                return "a miss is not accepted any more"
            return f"a miss is accepted until {_day(new['until'])}: {new['reason']}"
        case "not_applicable":
            return f"not applicable: {_listed(old, name)}, now {_listed(new, name)}"
        case "review_date":
            return f"review date: {_day(old)}, now {_day(new)}"
        case _:
            return ""


def _rebases(old: dict[str, str], new: dict[str, str], name: Callable[[object], str]) -> str:
    """Name each rebase that came, that has another reason now, or that went."""
    came = [
        f"the usual level starts anew in {name(day)}: {why}" for day, why in sorted(new.items()) if old.get(day) != why
    ]
    went = [f"the usual level does not start anew in {name(day)} any more" for day in sorted(old) if day not in new]
    return "; ".join((*came, *went))


def _by_day(found: object) -> dict[str, str]:
    listed = found if isinstance(found, list) else []
    return {str(each["from"]): str(each["reason"]) for each in listed if isinstance(each, dict)}


def _baseline(found: object) -> str:
    if not isinstance(found, dict):
        return FIRST
    until = _day(found["until"])
    return f"those up to {until}" if found.get("from") is None else f"those from {_day(found['from'])} to {until}"


def _alert(found: object) -> str:
    return ALERT_WORDS[AlertWhen(str(found))] if found else ALERT_WORDS[AlertWhen.REAL_CHANGES]


def _listed(found: object, name: Callable[[object], str]) -> str:
    return ", ".join(name(day) for day in found) if isinstance(found, list) and found else "nothing"


def _day(found: object) -> str:
    return day_name(date.fromisoformat(str(found)), None) if found else "nothing"
