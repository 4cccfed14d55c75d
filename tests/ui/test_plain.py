"""What owners name things is shown as they wrote it."""

from __future__ import annotations

import pytest

from ui.plain import as_it_stands


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Orders", "Orders"),
        ("from $5 to $9", r"from \$5 to \$9"),
        ("*new*_2026_[a](b).csv", r"\*new\*\_2026\_\[a\]\(b\)\.csv"),
        (":red[Total] <b>", r"\:red\[Total\] \<b\>"),
        ("one\n# two", r"one \# two"),
    ],
)
def test_marks_of_markdown_are_written_as_they_stand(text: str, written: str) -> None:
    assert as_it_stands(text) == written
