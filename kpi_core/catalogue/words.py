"""The catalogue in words: every sentence that an owner reads about one of its KPIs."""

from __future__ import annotations

from kpi_core.catalogue.entries import AddsUp, CatalogueKpi, NotAKpi, Vanity, by_key, goals, name_of
from kpi_core.kpi import Direction, LeadLag
from kpi_core.unit import UnitKind

Fact = tuple[str, str]

COUNTED_AS = {
    UnitKind.CURRENCY: "money",
    UnitKind.PERCENT: "percent",
    UnitKind.COUNT: "a count",
    UnitKind.DURATION: "a time",
    UnitKind.SCORE: "a score",
    UnitKind.RATIO: "one number for each of another",
}
BETTER = {
    Direction.UP: "Higher is better.",
    Direction.DOWN: "Lower is better.",
    Direction.RANGE: "Neither too high nor too low: between two numbers.",
}
LONGER = {
    AddsUp.SUM: "The periods are added up.",
    AddsUp.AVERAGE: "It is worked out anew from all answers; an average of averages would be wrong.",
    AddsUp.LAST: "The newest value counts: it is a level, as on a bank account.",
    AddsUp.RATIO: "Both parts are added up first, then divided; an average of averages would be wrong.",
}
SIGN = {
    LeadLag.LEADING: "An early sign: it moves before the result does, so there is time to act.",
    LeadLag.LAGGING: "A late sign: it tells the result afterwards. Keep an early one beside it.",
}
VANITY = {
    Vanity.NO: "",
    Vanity.SOMETIMES: "It can look good without being good. Keep the result beside it.",
    Vanity.OFTEN: "It often looks good without being good. Watch it as a health metric, with the result beside it.",
}
UNDATED = "undated"


def how_it_is_made(entry: CatalogueKpi) -> str:
    """Write the formula in words."""
    top = entry.numerator[:1].upper() + entry.numerator[1:]
    return f"{top}, divided by {entry.denominator}." if entry.denominator else f"{top}."


def facts(entry: CatalogueKpi) -> tuple[Fact, ...]:
    """Say how a KPI is read: a label and its sentence each."""
    direction = f"{BETTER[entry.direction]} Counted as {COUNTED_AS[entry.unit]}."
    return (
        ("How it is worked out", how_it_is_made(entry)),
        ("Which way is better", direction),
        ("How often", f"Read it every {entry.cadence.value}."),
        ("Over a longer time", LONGER[entry.adds_up]),
        ("Early or late", SIGN[entry.lead_lag]),
        ("Where it belongs", f"{name_of('function', entry.function)}, the {entry.perspective.value} side."),
        ("What feeds it", f"{entry.csv_source[:1].upper()}{entry.csv_source[1:]}."),
    )


def gaming(entry: CatalogueKpi) -> str:
    """Say how a KPI looks good without being good."""
    return f"{entry.gamed_by}."


def better_than(warning: NotAKpi) -> str:
    """Say why a number is not to be steered by, and what to use instead.

    >>> from kpi_core.catalogue import find_not_kpis
    >>> better_than(find_not_kpis("happy customers")[0]).rpartition(". ")[2]
    'Instead: Customer satisfaction or Net Promoter Score.'
    """
    names = [entry.name for key in warning.instead if (entry := by_key(key)) is not None]
    listed = " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    return f"{warning.why} Instead: {listed}."


def benchmark(entry: CatalogueKpi) -> str:
    """Say what others report, "" where nobody does; it is never a target.

    >>> from kpi_core.catalogue import by_key
    >>> benchmark(by_key("cart_abandonment"))
    'Others report: 70.22%, the average of 50 studies (2023). A hint of where others stand, no target for you.'
    """
    if not entry.benchmark:
        return ""
    year = "year not told" if entry.benchmark_year == UNDATED else entry.benchmark_year
    return f"Others report: {entry.benchmark} ({year}). A hint of where others stand, no target for you."


def goal_names_of(entry: CatalogueKpi) -> tuple[str, ...]:
    """Name the goals that a KPI serves, in plain words."""
    known = {goal.key: goal.name for goal in goals()}
    return tuple(known[key] for key in entry.goals if key in known)
