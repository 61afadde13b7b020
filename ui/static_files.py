"""Serves `static/` at /app/static: kept by the browser, right types on every system, nothing from outside the folder.

Streamlit's own static serving looks beside the main script (ui/static), sends no cache header, and on Windows takes the
type of a file from the registry, where .js is often text/plain and is then refused by the browser.
"""

from os import PathLike, stat_result
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
FOR_EVER = "public, max-age=31536000, immutable"  # addresses with ?v=<hash of the content>
ONE_HOUR = "public, max-age=3600"


class CachedStatic(StaticFiles):
    """StaticFiles with a fixed type for each suffix and a cache time: a year where the address carries a version."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return the file, or 304 where the browser still has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        if response.status_code == 200:
            response.headers["content-type"] = TYPES.get(Path(full_path).suffix, "application/octet-stream")
        response.headers["cache-control"] = FOR_EVER if scope["query_string"].startswith(b"v=") else ONE_HOUR
        response.headers["x-content-type-options"] = "nosniff"
        return response
