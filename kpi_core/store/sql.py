"""Names in SQL. A column of an export may be called anything, so a name enters a statement here only, quoted."""

from __future__ import annotations


def quoted(name: str) -> str:
    """Quote a table or column name; it stays a name whatever it holds.

    >>> print(quoted('Total of "net" sales'))
    "Total of ""net"" sales"
    """
    return '"' + name.replace('"', '""') + '"'


def named(statement: str, **names: str) -> str:
    """Put quoted names in the places `{...}` of a statement.

    >>> named("SELECT {c} FROM {t}", c="Total; DROP", t="rows_1")
    'SELECT "Total; DROP" FROM "rows_1"'
    """
    return statement.format(**{place: quoted(name) for place, name in names.items()})


def composed(statement: str, **parts: str) -> str:
    """Put ready-made pieces of SQL (made of `quoted` names and literals of ours) in the places `{...}`.

    >>> composed("SELECT {value} FROM t", value="sum(" + quoted("Total") + ")")
    'SELECT sum("Total") FROM t'
    """
    return statement.format(**parts)
