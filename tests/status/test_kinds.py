from __future__ import annotations

from kpi_core.status import Shape, Status


def test_the_greys_stand_in_their_order_of_precedence() -> None:
    assert list(Status)[3:] == [
        Status.NOT_APPLICABLE,
        Status.ACCEPTED,
        Status.NO_TARGET,
        Status.PARTLY_COVERED,
        Status.OVERDUE,
        Status.NO_DATA,
    ]


def test_each_colour_has_a_shape_and_grey_one() -> None:
    assert len(Shape) == 4
