"""Thin ASGI launcher of the dashboard: static files with cache headers, security headers. Run by `balanting.py jalankan`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount

from ui.headers import SecurityHeaders
from ui.static_files import CachedStatic

ROOT = Path(__file__).resolve().parent

app = st.App(
    ROOT / "ui" / "main.py",
    routes=[Mount("/app/static", CachedStatic(directory=ROOT / "static"))],
    middleware=[Middleware(SecurityHeaders)],
)
