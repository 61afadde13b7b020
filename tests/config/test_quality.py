"""The checks of data quality: every one with unit, source and validity, limits in order, words for the screen."""

import math
import tomllib
from pathlib import Path

import pytest

from config import quality
from config.quality import KINDS, load_checks, load_smart, read_checks
from config.text import text

GOOD = """
[satu]
nama = "Satu"
kelompok = "ganda"
jenis = "bagian"
satuan = "%"
perhatian_atas = 1
masalah_atas = 5
minimum = 20
sumber = "Usulan"
berlaku = "sejak 2026"
keterangan = ""
"""


def test_every_check_has_words_for_its_group_and_for_being_the_reason() -> None:
    for check in load_checks().values():
        assert text(f"mutu.hal_{check.kelompok}") and check.nama and check.keterangan and check.jenis in KINDS
        assert text(f"mutu.alasan_{check.id}", bagian="4 dari 10", nilai="1,2")


def test_the_seven_checks_of_who_and_ours_are_all_there() -> None:
    groups = {check.kelompok for check in load_checks().values()}
    who = {
        "kelengkapan",
        "jenis_kelamin",
        "umur",
        "angka_akhir_tinggi",
        "angka_akhir_berat",
        "tidak_wajar",
        "sebaran_z",
        "bentuk_z",
    }
    assert groups == who | {"riwayat", "status", "ganda"}


def test_the_limits_are_those_of_the_sources() -> None:
    checks = load_checks()
    assert [checks[f"sd_{index}"].perhatian[1] for index in ("tbu", "bbu", "bbtb")] == [1.95, 1.46, 1.5]
    assert {checks[f"tidak_wajar_{index}"].perhatian for index in ("tbu", "bbu", "bbtb")} == {(-math.inf, 1)}
    assert (checks["sd_tbu"].batas, checks["cakupan"].batas, checks["tinggi_0_5"].batas) == ("0.8..1.95", "80", "30")


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ('sumber = "Usulan"', 'sumber = " "'),
        ('sumber = "Usulan"', ""),
        ('satuan = "%"', 'satuan = ""'),
        ('berlaku = "sejak 2026"', 'berlaku = "sejak dulu"'),
        ('jenis = "bagian"', 'jenis = "kira-kira"'),
        ("minimum = 20", "minimum = 0"),
        ("masalah_atas = 5", "masalah_atas = 0.5"),
        ("perhatian_atas = 1", ""),
        ("perhatian_atas = 1", "perhatian_tengah = 1"),
    ],
)
def test_an_unfit_check_is_refused(line: str, instead: str, tmp_path: Path) -> None:
    path = tmp_path / "mutu.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert [check.id for check in read_checks(path)] == ["satu"]
    path.write_text(GOOD.replace(line, instead), encoding="utf-8")
    with pytest.raises(ValueError, match=r"\w"):
        read_checks(path)


def test_smart_gives_ninety_points_at_most_and_every_limit_has_its_source() -> None:
    smart = load_smart()
    assert sum(each.poin[-1] for name, each in smart.items() if name != "jumlah") == 90
    raw = tomllib.loads((quality.FOLDER / "mutu_smart.toml").read_text(encoding="utf-8"))
    assert all({"satuan", "sumber", "berlaku"} <= set(entry) for entry in raw.values())


@pytest.mark.parametrize(
    "change", [{"poin": (0, 5, 10)}, {"batas": (5.0, 2.5, 7.5)}, {"sumber": ""}, {"berlaku": "dulu"}]
)
def test_an_unfit_criterion_is_refused(change: dict[str, object]) -> None:
    plain = {"id": "penanda", "nama": "n", "satuan": "%", "batas": (2.5, 5.0, 7.5), "poin": (0, 5, 10, 20)}
    quality.Criterion(**plain, sumber="SMART", berlaku="2017")
    with pytest.raises(ValueError, match=r"\w"):
        quality.Criterion(**{**plain, "sumber": "SMART", "berlaku": "2017", **change})
