"""A change that was taken apart, in plain words: "Web explains 46 kr of the 53 kr drop; more web in the mix 6 kr"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from kpi_core.actual.change_words import ChangeWords
from kpi_core.actual.explained import NOTHING, Explained, Part, PartKind
from kpi_core.unit import capital

WORTH_SAYING = Fraction(1, 10)
"""A second part is said where it explains a tenth of the change."""
STANDS_OUT = Fraction(1, 4)
NAMED = 3


def line_name(part: Part) -> str:
    """Name a line of an explanation.

    >>> moved = Part("Web", PartKind.MIX, Fraction(-6), share_before=Fraction(1, 2), share_after=Fraction(3, 5))
    >>> line_name(moved), line_name(Part("12", PartKind.REST, Fraction(1)))
    ('More Web in the mix', '12 others')
    """
    match part.kind:
        case PartKind.BOTH:
            return part.label
        case PartKind.WITHOUT:
            return f"{part.label} (nothing to divide by)"
        case PartKind.NEW:
            return f"{part.label} (new)"
        case PartKind.GONE:
            return f"{part.label} (gone)"
        case PartKind.REST:
            return f"{part.label} others"
        case PartKind.MIX:
            return f"{_more_or_less(part)} {part.label} in the mix"
        case PartKind.OVERLAP:
            return "Counted in several parts"


def _more_or_less(part: Part) -> str:
    before, after = part.share_before or NOTHING, part.share_after or NOTHING
    return "More" if after > before else "Less"


@dataclass(frozen=True)
class ExplainWords:
    """Writes what explains one change; `before` and `after` name the two sides ("September", "since March")."""

    found: Explained
    words: ChangeWords
    before: str
    after: str

    def sentence(self) -> str:
        """Say which part explains the change, what else does, what is new or gone, and what went the other way."""
        change = self.found.change
        if len(self.found.parts) == 1 and self.found.parts[0].explains == change:
            return f"Everything is {self.found.parts[0].label}, so nothing is taken apart."
        if not change:
            return f"No difference between {self.before} and {self.after}." + self._hidden()
        with_it = [part for part in self._lines() if part.explains * change > 0]
        against = [part for part in self._lines() if part.explains * change < 0]
        return " ".join(filter(None, [self._main(with_it), self._one_sided(), self._against(against)]))

    def _lines(self) -> list[Part]:
        """List the lines that have a name of their own, by how much they explain."""
        named = [part for part in self.found.lines if part.kind is not PartKind.REST and self._is_seen(part)]
        return sorted(named, key=lambda part: -abs(part.explains))

    def _is_seen(self, part: Part) -> bool:
        return not self.words.is_nothing(part.explains)

    @property
    def _move(self) -> str:
        return "drop" if self.found.change < 0 else "rise"

    def _main(self, with_it: list[Part]) -> str:
        """Say the largest part, and the others that are worth it."""
        change, size = abs(self.found.change), self.words.size
        if not with_it or abs(with_it[0].explains) < change * STANDS_OUT:
            largest = f"; the largest is {_inside(with_it[0])} with {size(with_it[0].explains)}" if with_it else ""
            return f"No part stands out in the {self._move} of {size(self.found.change)}{largest}."
        first, *others = with_it
        more = [part for part in others if abs(part.explains) >= change * WORTH_SAYING][: NAMED - 1]
        rest = "".join(f"; {_inside(part)} {size(part.explains)}" for part in more)
        if size(first.explains) == size(self.found.change):
            return f"{capital(_inside(first))} explains the whole {self._move} of {size(self.found.change)}."
        if abs(first.explains) > change:
            return (
                f"{capital(_inside(first))} alone would be a {self._move} of {size(first.explains)}; "
                f"all together it came to {size(self.found.change)}."
            )
        return (
            f"{capital(_inside(first))} explains {size(first.explains)} of the "
            f"{size(self.found.change)} {self._move}{rest}."
        )

    def _one_sided(self) -> str:
        """Say what is there on one side only."""
        parts = [
            f"{word}: {', '.join(labels)}{' and more' if len(more) > NAMED else ''}."
            for word, kind in (("New", PartKind.NEW), ("Gone", PartKind.GONE))
            if (more := [part.label for part in self.found.parts if part.kind is kind])
            for labels in [more[:NAMED]]
        ]
        return " ".join(parts)

    def _against(self, against: list[Part]) -> str:
        """Say what went the other way, where that is worth it."""
        change = abs(self.found.change)
        worth = [part for part in against if abs(part.explains) >= change * WORTH_SAYING]
        if not worth:
            return ""
        return f"{capital(_inside(worth[0]))} went the other way ({self.words.signed(worth[0].explains)})."

    def _hidden(self) -> str:
        """Say that parts moved although the whole did not."""
        moved = [part for part in self._lines() if part.explains]
        if not moved:
            return ""
        return f" {capital(_inside(moved[0]))} ({self.words.signed(moved[0].explains)}) is made up for by the others."


def _inside(part: Part) -> str:
    """Name a line inside a sentence."""
    match part.kind:
        case PartKind.MIX:
            return f"{_more_or_less(part).lower()} {part.label} in the mix"
        case PartKind.OVERLAP:
            return "what is counted in several parts"
        case PartKind.BOTH | PartKind.NEW | PartKind.GONE | PartKind.WITHOUT | PartKind.REST:
            return part.label


def scaled(words: ChangeWords, found: Explained) -> ChangeWords:
    """Give all differences of an explanation the decimals that suit the largest."""
    return replace(words, scale=max(abs(each) for each in (found.change, *(part.explains for part in found.lines))))
