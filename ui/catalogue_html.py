"""The catalogue as HTML, free of Streamlit: what a KPI is in a few lines, and its whole page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from kpi_core.catalogue import CatalogueKpi, NotAKpi
    from kpi_core.service.catalogue import Page


def entry_html(entry: CatalogueKpi) -> str:
    """Write what a KPI is, and what it is also called."""
    called = f" <small>Also: {escape(', '.join(entry.aliases[:3]))}</small>" if entry.aliases else ""
    return f'<div class="sb-entry"><p>{escape(entry.definition)}{called}</p></div>'


def warning_html(warning: NotAKpi) -> str:
    """Write why a number is none to steer by."""
    return (
        f'<div class="sb-entry warning"><b>{escape(warning.name)}: better not.</b><p>{escape(warning.why)} '
        "Use one of these instead:</p></div>"
    )


def page_html(page: Page) -> str:
    """Write what a KPI is, how it is read, how it looks good without being good, and what others report."""
    entry = page.entry
    called = f"<p>Also called: {escape(', '.join(entry.aliases))}</p>" if entry.aliases else ""
    facts = page.facts + ((("It serves", ", ".join(page.goals) + "."),) if page.goals else ())
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in facts)
    return (
        f'<div class="sb-catalogue"><p class="definition">{escape(entry.definition)}</p>{called}'
        f'<dl class="sb-facts">{lines}</dl>{_benchmark(page)}</div>'
    )


def _benchmark(page: Page) -> str:
    if not page.benchmark:
        return ""
    return f'<p class="benchmark">{escape(page.benchmark)} Source: {_sources(page.entry.benchmark_source)}</p>'


def _sources(text: str) -> str:
    """Link the sources that have an address, and name the others."""
    found = []
    for part in text.split(" ; "):
        address, _, said = part.strip().partition(" ")
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"}:
            link = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(parts.netloc)}</a>'
            found.append(f"{link} {escape(said)}".strip())
        else:
            found.append(escape(part.strip()))
    return ", ".join(found)
