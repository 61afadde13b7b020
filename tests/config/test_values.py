"""Thresholds and targets: the decided numbers, and the refusal of any without unit, source or validity."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.growth import score
from config.values import (
    FOLDER,
    RoomMinima,
    load_thresholds,
    read_targets,
    read_values,
    room_minima,
    targets,
    threshold,
)

GOOD = {"nilai": "50", "satuan": '"%"', "sumber": '"Laporan"', "berlaku": '"sejak 2022"', "keterangan": '""'}


def write(path: Path, **changed: str | None) -> Path:
    entries = {name: text for name, text in (GOOD | changed).items() if text is not None}
    path.write_text("[contoh]\n" + "\n".join(f"{name} = {text}" for name, text in entries.items()), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "number", "unit"),
    [
        ("parameter_merah", 50, "% sasaran"),
        ("parameter_kuning", 25, "% sasaran"),
        ("lila_kek", 23.5, "cm"),
        ("z_sangat_kurang", -3, "z-score"),
        ("z_kurang", -2, "z-score"),
        ("z_berisiko_lebih", 1, "z-score"),
        ("z_lebih", 2, "z-score"),
        ("z_sangat_lebih", 3, "z-score"),
    ],
)
def test_decided_thresholds(name: str, number: float, unit: str) -> None:
    assert threshold(name).nilai == number
    assert threshold(name).satuan == unit


@pytest.mark.parametrize(
    ("index", "lowest", "highest"), [("tbu", -6, 6), ("bbu", -6, 5), ("bbtb", -5, 5), ("imtu", -5, 5)]
)
def test_limits_of_plausible_scores_are_those_of_each_index(index: str, lowest: int, highest: int) -> None:
    assert (threshold(f"wajar_{index}_bawah").nilai, threshold(f"wajar_{index}_atas").nilai) == (lowest, highest)


@pytest.fixture(scope="module")
def scored() -> pd.DataFrame:
    """One boy of 700 days, with every length from 45 to 130 cm and every weight from 2 to 40 kg, finely."""
    length, weight = np.arange(45, 130, 0.01), np.arange(2, 40, 0.002)
    cm = np.concatenate([length, np.full(weight.size, 85.0)])
    kg = np.concatenate([np.full(length.size, 11.0), weight])
    return score(np.full(cm.size, "L"), np.full(cm.size, 700), kg, cm)


@pytest.mark.parametrize("index", ["tbu", "bbu", "bbtb", "imtu"])
def test_scores_are_flagged_exactly_beyond_the_decided_limits(scored: pd.DataFrame, index: str) -> None:
    lowest, highest = (threshold(f"wajar_{index}_{side}").nilai for side in ("bawah", "atas"))
    z = scored[f"zs_{index}"]
    known = z.notna()
    assert {lowest, highest} <= set(z[known])
    assert ((scored[f"tanda_{index}"] == 1)[known] == ((z < lowest) | (z > highest))[known]).all()


@pytest.mark.parametrize(
    ("name", "index", "terms"),
    [
        ("z_sangat_kurang", "tbu", ("Sangat pendek",)),
        ("z_kurang", "tbu", ("Sangat pendek", "Pendek")),
        ("z_sangat_lebih", "tbu", ("Tinggi",)),
        ("z_berisiko_lebih", "bbu", ("Risiko berat badan lebih",)),
        ("z_kurang", "bbtb", ("Gizi buruk", "Gizi kurang")),
        ("z_berisiko_lebih", "bbtb", ("Berisiko gizi lebih", "Gizi lebih", "Obesitas")),
        ("z_lebih", "bbtb", ("Gizi lebih", "Obesitas")),
        ("z_sangat_lebih", "bbtb", ("Obesitas",)),
    ],
)
def test_classes_change_exactly_beyond_the_decided_limit(
    scored: pd.DataFrame, name: str, index: str, terms: tuple[str, ...]
) -> None:
    limit = threshold(name).nilai
    classed = scored[scored[f"status_{index}"].notna()]
    z = classed[f"zs_{index}"]
    assert limit in set(z)
    beyond = z < limit if limit < 0 else z > limit
    assert (classed[f"status_{index}"].isin(terms) == beyond).all()


def test_a_proposal_is_called_one() -> None:
    assert "Usulan" in threshold("parameter_kuning").sumber
    assert "Usulan" not in threshold("parameter_merah").sumber
    assert all("Usulan" in value.sumber for name, value in load_thresholds().items() if name.startswith("ruang_"))


def test_targets_of_stunting() -> None:
    assert [(target.nama, target.wilayah, target.tahun, target.nilai) for target in targets()] == [
        ("RPJMD 2022", "63.11", 2022, 18.40),
        ("RPJMD 2023", "63.11", 2023, 17),
        ("RPJMD 2024", "63.11", 2024, 16),
        ("Nasional 2024", "Indonesia", 2024, 14),
    ]


@pytest.mark.parametrize("missing", GOOD)
def test_a_value_without_one_of_its_parts_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(ValueError, match=rf"ambang\.toml \[contoh\].*{missing}"):
        read_values(write(tmp_path / "ambang.toml", **{missing: None}))


@pytest.mark.parametrize(
    "bad",
    [
        {"satuan": '" "'},
        {"sumber": '""'},
        {"berlaku": '""'},
        {"berlaku": '"sampai ditetapkan"'},
        {"nilai": "nan"},
        {"nilai": "true"},
        {"nilai": '"50"'},
        {"catatan": '"asing"'},
    ],
)
def test_a_blank_or_strange_part_is_refused(tmp_path: Path, bad: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"ambang\.toml \[contoh\]"):
        read_values(write(tmp_path / "ambang.toml", **bad))


def test_the_same_value_with_every_part_is_accepted(tmp_path: Path) -> None:
    assert read_values(write(tmp_path / "ambang.toml"))["contoh"].nilai == 50


def test_a_target_without_source_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "target.toml").read_text(encoding="utf-8")
    first_source = next(line for line in text.splitlines() if line.startswith("sumber"))
    broken = tmp_path / "target.toml"
    broken.write_text(text.replace(first_source, "", 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"\[rpjmd_2022\].*sumber"):
        read_targets(broken)


def test_publik_withholds_small_numbers_and_the_other_rooms_nothing() -> None:
    assert room_minima("publik") == RoomMinima(cacah=5, penyebut=10, hampir_semua=30, kelas=3)
    assert room_minima("rapat") == room_minima("petugas") == RoomMinima(0, 0, 0, 0)


def test_a_table_may_have_its_own_minima(monkeypatch: pytest.MonkeyPatch) -> None:
    own = load_thresholds() | {"ruang_publik_penyebut_parameter": threshold("ruang_publik_hampir_semua")}
    monkeypatch.setattr("config.values.load_thresholds", lambda: own)
    assert room_minima("publik", "parameter").penyebut == 30
    assert room_minima("publik", "prevalensi").penyebut == 10


def test_a_room_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="publik, rapat, petugas"):
        room_minima("umum")
