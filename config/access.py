"""How long a login, a code and a download hold (`akses.toml`), and which addresses are this machine itself."""

from functools import cache

from config.values import FOLDER, Value, read_values

ADDRESS = "BALANTING_ALAMAT"  # environment: the address that `jalankan` binds
HOSTS = "BALANTING_HOST"  # environment: the names the server answers to, with commas between
LOOPBACK = ("127.0.0.1", "localhost")
SECONDS = {"detik": 1, "menit": 60, "jam": 3600}


@cache
def _load() -> dict[str, Value]:
    return read_values(FOLDER / "akses.toml")


def setting(name: str) -> float:
    """Return one number of `akses.toml` in its own unit; raises KeyError for a name that is not there."""
    return _load()[name].nilai


def seconds(name: str) -> float:
    """Return one duration of `akses.toml` in seconds; raises KeyError where its unit is no time."""
    value = _load()[name]
    return value.nilai * SECONDS[value.satuan]
