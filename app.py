"""Thin ASGI launcher of the dashboard: static files with cache headers, security headers."""

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount

from ui.defects import show_defect
from ui.headers import SecurityHeaders
from ui.static_files import CachedStatic

ROOT = Path(__file__).resolve().parent
HOSTS = os.environ.get("BALANTING_HOST", "localhost,127.0.0.1").split(",")

app = st.App(
    ROOT / "ui" / "main.py",
    routes=[Mount("/app/static", CachedStatic(directory=ROOT / "static"))],
    middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(SecurityHeaders)],
    on_script_error=show_defect,
)
