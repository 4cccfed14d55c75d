"""Widgets that the pages share: show_x(...)."""
