"""What holds for the whole business: its name, money, number style, calendar, and who writes in the log."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_core.period import Cadence, Calendar, Weekday
from kpi_core.unit import NumberStyle, parse_unit


@dataclass(frozen=True)
class Business:
    """The settings of one data file.

    `currency` None: not said yet; money typed without a sign is then a question. `person` is who the change log
    names; `review_every` is how often the values are looked at together. Checked when made.

    Raises:
        RefusedDefinition: an unknown currency, a fiscal start that not every year has, a week without open day.
    """

    name: str = ""
    currency: str | None = None
    locale: str = "en_US"
    fiscal_month: int = 1
    fiscal_day: int = 1
    week_start: Weekday = Weekday.MONDAY
    open_weekdays: frozenset[Weekday] = frozenset(Weekday)
    person: str = ""
    review_every: Cadence = Cadence.MONTH

    def __post_init__(self) -> None:
        """Check the settings by making what is made of them."""
        _ = self.calendar
        if self.currency is not None:
            parse_unit(f"currency:{self.currency}")

    @property
    def calendar(self) -> Calendar:
        """Its periods."""
        return Calendar(self.fiscal_month, self.fiscal_day, self.week_start, self.open_weekdays)

    @property
    def style(self) -> NumberStyle:
        """How it writes numbers."""
        return NumberStyle(self.locale)
