"""The login page as HTML: small, without scripts, in the look of the dashboard (`login.css`)."""

from functools import cache
from html import escape
from pathlib import Path

from config.access import seconds
from config.colours import load_colours
from config.text import text

STYLE = Path(__file__).with_name("login.css")


def draw(target: str, wrong: str = "", note: str = "", name: str = "") -> str:
    """Return the page; `target` is where a login leads, `wrong` and `note` are sentences, `name` what was typed."""
    said = f'<p class="salah" role="alert">{escape(wrong)}</p>' if wrong else ""
    said += f'<p class="kabar" role="status">{escape(note)}</p>' if note else ""
    focus = ("", " autofocus") if name else (" autofocus", "")
    return f"""<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{_say("judul")} · BALANTING</title><style>{_style()}</style></head>
<body><header><a href="/">BALANTING</a></header>
<main><h1>{_say("utama")}</h1><p class="sub">{_say("sub")}</p>{said}
<form method="post" action="/masuk" autocomplete="off">
<input type="hidden" name="ke" value="{escape(target)}">
<label for="nama">{_say("nama")}</label>
<input id="nama" name="nama" value="{escape(name)}" maxlength="60" aria-describedby="nama-ket"{focus[0]}>
<small id="nama-ket">{_say("nama_ket")}</small>
<label for="kode">{_say("kode")}</label>
<input id="kode" name="kode" class="kode" maxlength="16" placeholder="XXXX-XXXX" spellcheck="false"
 autocapitalize="characters" aria-describedby="kode-ket"{focus[1]}>
<small id="kode-ket">{escape(text("masuk.kode_ket", menit=int(seconds("kode_berlaku") // 60)))}</small>
<button class="utama">{_say("tombol")}</button>
<p class="lain">{_say("baru_ket")} <button class="teks" name="baru" value="1">{_say("baru")}</button></p>
</form></main>
<footer><a href="/">{_say("kembali")}</a></footer></body></html>"""


def _say(key: str) -> str:
    return escape(text(f"masuk.{key}"))


@cache
def _style() -> str:
    palette = "".join(f"--{name}:{colour.hex};" for name, colour in load_colours().items())
    return f":root{{{palette}}}{STYLE.read_text(encoding='utf-8')}"
