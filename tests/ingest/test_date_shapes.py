from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest.date_shapes import LONGEST, DateKind, plan


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ("9999-99-99", DateKind.KNOWN),
        ("9999.99.99.", DateKind.KNOWN),
        ("9999. 99. 99.", DateKind.KNOWN),
        ("9999/9/99", DateKind.KNOWN),
        ("99/99/9999", DateKind.NUMERIC),
        ("9.9.9999", DateKind.NUMERIC),
        ("99/99/9999 as of 99/99/9999", DateKind.NUMERIC),
        ("99.99.99", DateKind.SHORT),
        ("9/99/99 99:99", DateKind.SHORT),
        ("99999", DateKind.SERIAL),
        ("99999.99", DateKind.SERIAL),
        ("99999999", DateKind.KNOWN),
        ("9999999999", DateKind.KNOWN),
        ("9999-99", DateKind.KNOWN),
        ("99-Jan-99", DateKind.KNOWN),
        ("September 99, 9999", DateKind.KNOWN),
        ("Sep 9, 9999 9:99:99 AM PDT", DateKind.KNOWN),
        ("9999-99-99T99:99:99.999Z", DateKind.KNOWN),
        ("9999-99-99 99:99:99 -9999", DateKind.KNOWN),
        ("Fri, 99 Sep 9999 99:99:99 +9999", DateKind.KNOWN),
    ],
)
def test_what_a_shape_says(shape: str, kind: DateKind) -> None:
    found = plan(shape)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "shape",
    [
        "",
        "9",
        "99",
        "9999",
        "99.99",
        "9.9.9",
        "999.999.999",
        "99-99-999",
        "Pending",
        "99:99",
        "99/99/9999 x",
        "9" * 90,
    ],
)
def test_what_is_no_date(shape: str) -> None:
    assert plan(shape) is None


def test_a_doubled_separator_is_a_typing_error() -> None:
    doubled, plain, dotted = plan("99//99/9999"), plan("99/99/9999"), plan("99. 99. 9999")
    assert doubled is not None
    assert plain is not None
    assert dotted is not None
    assert (doubled.typo, plain.typo, dotted.typo) == (True, False, False)


@given(st.text(alphabet="9/-.: TZAPMJanSep,", max_size=LONGEST + 5))
def test_places_of_parts_lie_inside_the_text(shape: str) -> None:
    found = plan(shape)
    if found:
        assert all(0 <= start <= end <= len(shape) for start, end in (*found.parts, *found.clock, found.where))


@pytest.mark.parametrize(
    ("shape", "alike"),
    [
        ("99/9999", True),
        ("9/9999", True),
        ("999999", True),
        ("9999/99", True),
        ("9999-99", False),
        ("99/99/9999", False),
    ],
)
def test_a_month_that_looks_like_the_number_of_an_invoice(shape: str, *, alike: bool) -> None:
    found = plan(shape)
    assert found is not None
    assert found.month_only is alike
