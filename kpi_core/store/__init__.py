"""Keeping things: one data file of sources, rows, imports, definitions and the values computed from them.

Only this package touches SQLite. It knows nothing of files that are read (`kpi_core.ingest`); what it keeps
arrives as a `kpi_core.source.RowBatch`.
"""
