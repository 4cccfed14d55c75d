"""The catalogue: KPIs that small businesses use, found in everyday words, each explained and ready to be chosen."""

from __future__ import annotations

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import choose
from ui.catalogue_view import show_catalogue, show_page
from ui.session import data_file
from ui.widgets import show_error

path, wanted = data_file(), st.query_params.get("key")
try:
    if wanted is None:
        st.title("Catalogue")
        show_catalogue()
    else:
        show_page(path, wanted, choose.options(path))
except SignalboxError as error:
    show_error(error)
    st.page_link("pages/catalogue.py", label="Catalogue", icon=":material/arrow_back:")
