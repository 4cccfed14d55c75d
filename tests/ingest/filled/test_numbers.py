from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.errors import RefusedDefinition
from kpi_core.ingest.filled.cells import Cell
from kpi_core.ingest.filled.numbers import Marks, marks_in, number_of
from kpi_core.unit import NumberStyle, Unit, UnitKind

COUNT, PERCENT, RATIO = (Unit(kind) for kind in (UnitKind.COUNT, UnitKind.PERCENT, UnitKind.RATIO))
MONEY = Unit(UnitKind.CURRENCY, "EUR")
STYLES = [NumberStyle(locale) for locale in ("en_US", "sv_SE", "de_DE", "en_IN", "de_CH", "fr_FR")]


def test_other_cells_of_the_file_can_speak_against_the_own_style() -> None:
    american = NumberStyle("en_US")
    assert marks_in([(Cell("1.234"), PERCENT)], american, None).open == ""
    assert marks_in([(Cell("1.234"), PERCENT), (Cell("2,5"), PERCENT)], american, None).open == "1.234"
    marks = marks_in([(Cell("1.234"), PERCENT), (Cell("2,5"), PERCENT)], american, "comma")
    assert number_of(Cell("1.234"), PERCENT, marks) == 1234


@given(st.sampled_from(STYLES), st.from_regex(r"\A[1-9][0-9]{0,2}[.,][0-9]{3}\Z"), st.sampled_from([COUNT, RATIO]))
def test_thousands_or_thousandths_are_never_guessed_against_another_cell(
    style: NumberStyle, text: str, unit: Unit
) -> None:
    other = Cell("1.5" if "," in text else "1,5")
    same_mark_decimal = Cell(f"1{'.' if '.' in text else ','}5")
    for beside in (other, same_mark_decimal):
        marks = marks_in([(Cell(text), unit), (beside, unit)], style, None)
        if marks.open:
            continue
        read = number_of(Cell(text), unit, marks)
        decimal = read.denominator != 1 or read < 1000
        shown = beside.text[1]
        assert decimal == (shown in text)


@given(st.fractions(), st.sampled_from(STYLES))
def test_a_workbooks_number_is_itself(value: Fraction, style: NumberStyle) -> None:
    assert number_of(Cell("whatever", value), PERCENT, Marks(style)) == value


def test_a_number_is_no_length_of_time() -> None:
    with pytest.raises(RefusedDefinition, match="no unit of time"):
        number_of(Cell("2.25", Fraction(9, 4)), Unit(UnitKind.DURATION), Marks(STYLES[0]))


@pytest.mark.parametrize("unit", [MONEY, COUNT, RATIO, PERCENT])
def test_the_owners_answer_decides_every_number(unit: Unit) -> None:
    comma = marks_in([], STYLES[0], "comma")
    assert number_of(Cell("1,234"), unit, comma) == Fraction("1.234")
    assert number_of(Cell("1.234"), unit, comma) == 1234
    assert number_of(Cell("1.234,5"), unit, comma) == Fraction("1234.5")
    for wrong in ("1.5", "1,234.5", "1,2,3"):
        with pytest.raises(RefusedDefinition):
            number_of(Cell(wrong), unit, comma)
    point = marks_in([], STYLES[1], "point")
    assert number_of(Cell("1.5"), unit, point) == Fraction("1.5")
