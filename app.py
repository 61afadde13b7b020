"""Thin ASGI launcher of the dashboard: static files, logging in, downloads, security headers and guards."""

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount, Route

from config.access import HOSTS, LOOPBACK
from ui import login, parcels
from ui.callers import LogoutGuard, UploadGuard
from ui.defects import show_defect
from ui.door import Door
from ui.headers import SecurityHeaders
from ui.return_path import ReturnPath, go_home
from ui.static_files import CachedStatic

ROOT = Path(__file__).resolve().parent
NAMES = os.environ.get(HOSTS, ",".join(LOOPBACK)).split(",")

app = st.App(
    ROOT / "ui" / "main.py",
    routes=[
        Mount("/app/static", CachedStatic(directory=ROOT / "static")),
        Route("/ringkasan", go_home, methods=["GET"]),
        Route("/masuk", login.show_login, methods=["GET"]),
        Route("/masuk", login.log_in, methods=["POST"]),
        Route("/keluar", login.log_out, methods=["POST"]),
        Route("/unduh/{nomor}", parcels.fetch, methods=["GET"]),
    ],
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=NAMES),
        Middleware(Door),
        Middleware(ReturnPath),
        Middleware(UploadGuard),
        Middleware(LogoutGuard),
    ],
    lifespan=login.running,
    on_script_error=show_defect,
)
