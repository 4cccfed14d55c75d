"""Records of text files: both ways of reading give the same."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.ingest import bulk
from kpi_core.ingest.bulk import read_pieces
from kpi_core.ingest.dialect import Dialect, detect_dialect
from kpi_core.ingest.grid import Grid, Piece, joined

COMMA = Dialect(",", '"', None, 3)
CELLS = st.text(st.sampled_from('ab1, "\n;é'), max_size=6)


def read_grid(data: bytes, dialect: Dialect) -> Grid:
    return joined(read_pieces(data, dialect))


def table(grid: Grid) -> list[tuple[str, ...]]:
    """Give all records of a grid."""
    return grid.rows(slice(0, len(grid)))


def test_record_numbers_are_those_of_a_spreadsheet() -> None:
    grid = read_grid(b'a,b,c\n\n1,"two\nlines",3\n4,5,6\n', COMMA)
    assert table(grid) == [("a", "b", "c"), ("", "", ""), ("1", "two\nlines", "3"), ("4", "5", "6")]
    assert grid.lengths.tolist() == [3, 0, 3, 3]
    assert grid.counts.tolist() == [3, 0, 3, 3]


def test_longer_and_shorter_records_keep_their_cells() -> None:
    grid = read_grid(b"a,b,c\n1\n1,2,3,4\n", COMMA)
    assert (grid.width, grid.lengths.tolist(), table(grid)[1:]) == (
        4,
        [3, 1, 4],
        [("1", "", "", ""), ("1", "2", "3", "4")],
    )


def test_a_missing_opening_quote_is_put_right() -> None:
    grid = read_grid(b'"a","b","c"\nNL1","x","1"\n"NL2","y","2"\n', COMMA)
    assert (table(grid)[1], grid.repaired) == (("NL1", "x", "1"), (1,))


def test_a_missing_closing_quote_does_not_swallow_the_next_rows() -> None:
    grid = read_grid(b'a,b,c\n1,"x,10\n2,"y",20\n3,"z",30\n', COMMA)
    assert (table(grid)[1:], grid.repaired) == ([("1", "x", "10"), ("2", "y", "20"), ("3", "z", "30")], (1,))


def test_quotes_that_only_open_glue_no_rows_together() -> None:
    grid = read_grid(b'a,b,c\n1,"x,10\n2,"y,20\n3,"z,30\n', COMMA)
    assert (table(grid)[1:], grid.repaired) == ([("1", "x", "10"), ("2", "y", "20"), ("3", "z", "30")], (1, 2, 3))


def test_quotes_that_only_open_glue_no_rows_between_them_together() -> None:
    grid = read_grid(b'a,b,c\n1,"x,10\n2,y,20\n\n3,"z,30\n4,y,40\n', COMMA)
    assert [row[:1] for row in table(grid)] == [("a",), ("1",), ("2",), ("",), ("3",), ("4",)]
    assert grid.repaired == (1, 4)


def test_a_missing_closing_quote_swallows_not_even_a_long_file() -> None:
    grid = read_grid(b'a,b,c\n1,"x,10\n' + b"2,y,20\n" * 12_000, COMMA)
    assert (len(grid), grid.repaired) == (12_002, (1,))


@pytest.mark.parametrize("cell", [b"x,y\nz,2", b"x,1\n2,", b"\n,", b"x,1\n2,\n3,", b"x\r\n2,3,"])
def test_lines_inside_a_cell_that_look_like_records_stay_inside(cell: bytes) -> None:
    grid = read_grid(b'a,b,c\r\n1,2,"' + cell + b'"\r\n', COMMA)
    assert (table(grid)[1], grid.repaired) == (("1", "2", cell.decode().strip()), ())


def test_a_cell_of_several_lines_is_left_whole() -> None:
    grid = read_grid(b'a,b,c\n1,"dear, all,\nbest, me",10\n2,y,20\n', COMMA)
    assert (table(grid)[1], grid.repaired) == (("1", "dear, all,\nbest, me", "10"), ())


def written(rows: list[list[str]]) -> bytes:
    """Write records as a careful program does."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=30, max_size=40))
def test_what_is_written_with_care_is_read_back(rows: list[list[str]]) -> None:
    grid = read_grid(written(rows), COMMA)
    assert table(grid) == [tuple(cell.strip() for cell in row) for row in rows]
    assert grid.repaired == ()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Read small texts as large ones are read; gives the sizes of the blocks that were read at once."""
    taken: list[int] = []
    really = bulk._at_once  # noqa: SLF001 -- to see that the fast way is taken

    def watched(body: memoryview, dialect: Dialect, kinds: list[object]) -> Piece | None:
        made = really(body, dialect, kinds)
        taken.extend([] if made is None else [len(body)])
        return made

    monkeypatch.setattr(bulk, "LARGE", 1)
    monkeypatch.setattr(bulk, "EDGE", 1024)
    monkeypatch.setattr(bulk, "BLOCK", 8192)
    monkeypatch.setattr(bulk, "_at_once", watched)
    return taken


def slowly(data: bytes, dialect: Dialect) -> Grid:
    """Read a text record by record."""
    return joined(bulk._by_csv(data, 0, len(data), dialect)[1])  # noqa: SLF001 -- the way that defines the outcome


def assert_same(fast: Grid, slow: Grid) -> None:
    assert table(fast) == table(slow)
    assert (fast.lengths.tolist(), fast.repaired) == (slow.lengths.tolist(), slow.repaired)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_a_large_file_reads_the_same_both_ways(at_once: list[int], line_end: str, quoting: int) -> None:
    text = io.StringIO()
    rows = [[f"2026-01-{day % 28 + 1:02}", f'Tea "{day}", hot\nor not', f"{day},50", ""] for day in range(9_000)]
    csv.writer(text, lineterminator=line_end, quoting=quoting).writerows(  # type: ignore[arg-type]
        [["Report"], ["Date", "Text", "Amount", "Note"], *rows, ["Total", "", "1"]]
    )
    data = text.getvalue().encode()
    dialect = detect_dialect(data)
    assert_same(read_grid(data, dialect), slowly(data, dialect))
    assert sum(at_once) > len(data) - 2 * bulk.BLOCK


def test_a_few_odd_records_of_a_large_file_cost_their_blocks_only(at_once: list[int]) -> None:
    lines = [f"2026-01-01,{number},x" for number in range(5_000)]
    lines[2_500] = "2026-01-01,too,many,cells"
    lines[2_600] = ""
    lines[4_000] = '2026-01-01,"never closed,x'
    data = "\n".join(["Date,Number,Text", *lines]).encode()
    grid = read_grid(data, detect_dialect(data))
    assert (len(grid), grid.row(2_501), grid.counts[2_601]) == (5_001, ("2026-01-01", "too", "many", "cells"), 0)
    assert (grid.row(4_001), grid.repaired) == (("2026-01-01", "never closed", "x", ""), (4_001,))
    assert len(data) - 4 * bulk.BLOCK < sum(at_once) < len(data) - bulk.BLOCK


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_quotes_that_nothing_closes_cost_no_row_of_a_file_of_many_blocks(line_end: str) -> None:
    lines = [f"2026-01-01,{number},tea" for number in range(400_000)]
    alone, together = 50_000, range(200_000, 200_006)
    for number in (alone, *together, len(lines) - 1):
        lines[number] = f'2026-01-01,{number},"tea'
    data = line_end.join(["Date,Number,Text", *lines, ""]).encode()
    assert len(data) > 2 * bulk.BLOCK
    grid = read_grid(data, COMMA)
    assert grid.columns[1].tolist() == ["Number", *(str(number) for number in range(len(lines)))]
    assert set(grid.columns[2].take(slice(1, None)).tolist()) == {"tea"}
    assert grid.repaired == (alone + 1, *(number + 1 for number in together), len(lines))


ROW = st.lists(CELLS, min_size=3, max_size=3).map(lambda row: written([row]).decode())
PLAIN = st.just("a,b,c\n")
POLLUTED = st.text(st.sampled_from('a1, "\n\r;é'), max_size=12).map(
    lambda text: f"{text.replace(chr(13), chr(13) + chr(10))}\n"
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@given(st.lists(st.one_of(ROW, PLAIN, PLAIN, PLAIN, POLLUTED), max_size=40), st.integers(1, 30), st.integers(1, 90))
def test_a_polluted_file_reads_the_same_both_ways(line_end: str, parts: list[str], edge: int, block: int) -> None:
    data = "".join(parts).replace("\r\n", "\n").replace("\n", line_end).encode()
    with pytest.MonkeyPatch.context() as patch:
        for name, size in (("LARGE", 1), ("EDGE", edge), ("BLOCK", block)):
            patch.setattr(bulk, name, size)
        assert_same(read_grid(data, COMMA), slowly(data, COMMA))
