"""`angka parameter`, `perbandingan` and `kek` as a user types them: the dilution case, columns, options, no mixing."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analytics.comparison import MIX_ONLY
from analytics.disclosure_parameters import clear_comparison, clear_parameters
from analytics.intake import import_files
from commands import angka
from commands.arguments import parse
from commands.run import COMMANDS
from config.places import load_kecamatan
from config.text import text
from data.store import current_version, open_store, read_table, reading
from tests.builders import Table, make_children, make_table, write_csv
from tests.conftest import run_command
from tests.sasaran_tables import BUMIL, PARAMETER, as_table
from ui.parameter_sentences import spoken

SHARES = "periode,jenis_sasaran,tingkat,kode,nama,parameter,n,penyebut,persen,bawah95,atas95,warna,pasti,catatan"
CHANGES = (
    "parameter,jenis_sasaran,tingkat,kode,nama,awal,kini,n_awal,penyebut_awal,n_kini,penyebut_kini,tetap,keluar,masuk,"
    "selisih,dari_tetap,dari_masuk,dari_keluar,p_mcnemar,putusan,catatan"
)
WOMEN = "periode,tingkat,kode,nama,hamil_normal,melahirkan_normal,dalam_pemantauan,keluar,jumlah,catatan"
COLUMNS = {"parameter": SHARES, "perbandingan": CHANGES, "kek": WOMEN}
AWAL, KINI = "2022-05", "2022-09"
Rows = list[dict[str, str]]
Say = Callable[..., Rows]

SAMPLE = "DATA CONTOH: dibuat program, bukan data anak sungguhan.\n"


def read(said: str) -> Rows:
    return list(csv.DictReader(io.StringIO(said)))


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, penyimpanan_contoh: Path) -> Say:
    """Runs `angka` in this process on the sample data, or on the store that the test has set; returns its rows."""
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(penyimpanan_contoh))

    def run(*arguments: str) -> Rows:
        status = COMMANDS["angka"](parse(["angka", *arguments]))
        said = capsys.readouterr()
        assert status == 0 and said.err in ("", SAMPLE)
        return read(said.out)

    return run


def families(periode: str, stay: tuple[int, int], enter: tuple[int, int] = (0, 0)) -> Table:
    """Return a table of one round: with the problem and without, of those in both rounds and of new ones."""
    desa = ["Galumbang", "Hukai", "Juai"]
    rows: list[dict[str, object]] = []
    for name, (ill, well) in (("T", stay), ("B", enter)):
        for number in range(ill + well):
            rows.append(
                {"id_sasaran": f"{name}{number:03}", "id_keluarga": f"K{name}{number:03}", "jenis_sasaran": "balita",
                 "nama": "Anak Contoh", "desa": desa[number % 3], "kecamatan": "Juai", "periode": periode,
                 "SS01": "1" if number < ill else "0"}
            )  # fmt: skip
    return as_table(rows, {})


def test_new_families_alone_dilute_a_share_and_every_word_says_so(tmp_path: Path) -> None:
    own = tmp_path / "simpan"
    first = write_csv(tmp_path / "mei.csv", families(AWAL, (103, 68)))
    second = write_csv(tmp_path / "september.csv", families(KINI, (103, 68), (18, 56)))
    taken = run_command("impor", str(first), str(second), penyimpanan=own)
    assert taken.returncode == 0, taken.stderr
    assert "171 baris dibaca, 171 diterima, 0 ditolak" in taken.stdout and "245 diterima" in taken.stdout

    done = run_command("angka", "perbandingan", penyimpanan=own)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == CHANGES
    [row] = read(done.stdout)
    counts = ["n_awal", "penyebut_awal", "n_kini", "penyebut_kini", "tetap", "keluar", "masuk"]
    assert [int(row[name]) for name in counts] == [103, 171, 121, 245, 171, 0, 74]
    parts = [float(row[name]) for name in ("dari_tetap", "dari_masuk", "dari_keluar")]
    assert float(row["selisih"]) == pytest.approx(100 * (121 / 245 - 103 / 171), abs=1e-9)
    assert (row["dari_tetap"], row["dari_keluar"]) == ("0", "0")
    assert sum(parts) == pytest.approx(float(row["selisih"]), abs=1e-9)
    assert (float(row["p_mcnemar"]), row["putusan"], row["awal"], row["kini"]) == (1, MIX_ONLY, AWAL, KINI)

    store = open_store(own)
    with reading(store) as connection:
        version = current_version(connection, "parameter")
    assert version
    answers = read_table(store, version, "jawaban")
    table = clear_comparison(answers, (AWAL, KINI), "kabupaten", clear_parameters(answers, "publik"))
    sentence = spoken(next(table.table.itertuples()))
    assert text("parameter.ucap_hanya_susunan") in sentence
    assert "Tidak ada keluarga yang membaik" in sentence and "pasti membaik" not in sentence
    assert all(number in sentence for number in ("103", "171", "121", "245"))


@pytest.mark.parametrize("nama", COLUMNS)
def test_an_empty_own_store_serves_the_sample_with_the_columns_of_the_table(
    nama: str, penyimpanan_contoh: Path
) -> None:
    done = run_command("angka", nama, penyimpanan=penyimpanan_contoh)
    assert (done.returncode, done.stderr) == (0, SAMPLE)
    header, *lines = done.stdout.splitlines()
    assert header == COLUMNS[nama]
    assert lines


def test_shares_of_the_sample(say: Say) -> None:
    rows = say("parameter")
    groups = {(row["periode"], row["jenis_sasaran"]) for row in rows}
    assert groups == {(moment, jenis) for moment in (AWAL, KINI) for jenis in ("balita", "bumil")}
    asked = {
        group: {row["parameter"] for row in rows if (row["periode"], row["jenis_sasaran"]) == group} for group in groups
    }
    assert {jenis: len(codes) for (_, jenis), codes in asked.items()} == {"balita": 32, "bumil": 24}
    assert {row["tingkat"] for row in rows} == {"kabupaten"}
    known = [row for row in rows if row["n"]]
    assert known
    for row in known:
        share = 100 * int(row["n"]) / int(row["penyebut"])
        assert float(row["persen"]) == pytest.approx(share, abs=1e-9)
        assert float(row["bawah95"]) <= share <= float(row["atas95"])
        assert row["warna"] == ("merah" if share > 50 else "kuning" if share > 25 else "hijau")
        assert row["pasti"] in ("ya", "tidak")
    assert not [
        row for row in rows if row["periode"] == KINI and row["jenis_sasaran"] == "balita" and row["warna"] == "merah"
    ]
    empty = [row for row in rows if not row["n"]]
    assert all(row["catatan"] for row in empty)


def test_one_round_one_place_one_level(say: Say) -> None:
    assert {row["periode"] for row in say("parameter", "--periode", KINI)} == {KINI}
    kecamatan = say("parameter", "--periode", KINI, "--tingkat", "kecamatan")
    assert {row["kode"] for row in kecamatan} == set(load_kecamatan()["kode"])
    desa = say("parameter", "--periode", KINI, "--tingkat", "desa", "--wilayah", "63.11.02")
    assert desa and all(row["kode"].startswith("63.11.02.") and row["tingkat"] == "desa" for row in desa)
    assert say("parameter", "--wilayah", "63.11.02") == []  # the kabupaten does not lie in a kecamatan
    assert say("parameter", "--periode", "2019-01") == []


def test_a_meeting_sees_what_the_public_does_not(say: Say) -> None:
    public, meeting = (say("parameter", "--tingkat", "desa", "--ruang", room) for room in ("publik", "rapat"))
    assert len(public) == len(meeting)
    small = [place for place, row in enumerate(meeting) if row["n"] and 0 < int(row["n"]) < 5]
    assert small
    assert not [place for place in small if public[place]["n"]]
    assert all("disamarkan" in public[place]["catatan"] for place in small)
    assert not [row for row in meeting if "disamarkan" in row["catatan"]]
    assert sum(int(row["n"] or 0) for row in meeting) == sum(
        int(row["n"]) for row in say("parameter", "--ruang", "rapat") if row["n"]
    )


@pytest.mark.parametrize("tingkat", ["kabupaten", "kecamatan", "desa"])
def test_the_parts_of_every_difference_add_up_as_written(say: Say, tingkat: str) -> None:
    parts = ("dari_tetap", "dari_masuk", "dari_keluar")
    rows = [row for row in say("perbandingan", "--tingkat", tingkat, "--ruang", "rapat") if row["dari_tetap"]]
    assert rows
    for row in rows:
        assert sum(float(row[name]) for name in parts) == pytest.approx(float(row["selisih"]), abs=1e-9)
        assert int(row["tetap"]) + int(row["keluar"]) == int(row["penyebut_awal"])
        assert int(row["tetap"]) + int(row["masuk"]) == int(row["penyebut_kini"])
        assert row["putusan"] in {"membaik", "memburuk", "tidak_berubah", "belum_pasti", "hanya_susunan"}
        assert "-0" not in row.values()


def test_any_two_rounds_can_be_compared_and_the_ends_are_the_default(say: Say) -> None:
    whole = say("perbandingan")
    assert whole == say("perbandingan", "--awal", AWAL, "--kini", KINI)
    assert {(row["awal"], row["kini"]) for row in whole} == {(AWAL, KINI)}
    back = {
        (row["jenis_sasaran"], row["parameter"]): row for row in say("perbandingan", "--awal", KINI, "--kini", AWAL)
    }
    for row in whole:
        if row["selisih"]:
            other = back[row["jenis_sasaran"], row["parameter"]]
            assert float(other["selisih"]) == pytest.approx(-float(row["selisih"]), abs=1e-9)
    same = [row for row in say("perbandingan", "--awal", KINI, "--kini", KINI) if row["selisih"]]
    assert {(float(row["selisih"]), row["putusan"]) for row in same} == {(0, "tidak_berubah")}
    unknown = say("perbandingan", "--awal", "2019-01")
    assert {row["putusan"] for row in unknown} == {""} and all("2019-01" in row["catatan"] for row in unknown)


def test_comparisons_of_a_place(say: Say) -> None:
    rows = say("perbandingan", "--tingkat", "desa", "--wilayah", "63.11.03")
    assert rows and all(row["kode"].startswith("63.11.03.") for row in rows)
    assert say("perbandingan", "--tingkat", "kecamatan", "--wilayah", "63.11.03", "--ruang", "rapat") == [
        row for row in say("perbandingan", "--tingkat", "kecamatan", "--ruang", "rapat") if row["kode"] == "63.11.03"
    ]


def test_women_of_the_sample_are_those_of_the_report(say: Say) -> None:
    rows = {row["periode"]: row for row in say("kek")}
    counts = ["hamil_normal", "melahirkan_normal", "dalam_pemantauan", "keluar", "jumlah"]
    assert [rows[max(rows)][name] for name in counts] == ["17", "27", "21", "0", "65"]
    assert rows[min(rows)]["jumlah"] == "65"
    newest = max(rows)
    assert [row["periode"] for row in say("kek", "--periode", newest)] == [newest]
    kecamatan = say("kek", "--periode", newest, "--tingkat", "kecamatan", "--ruang", "rapat")
    assert sum(int(row["jumlah"] or 0) for row in kecamatan) == 65
    one = say("kek", "--periode", newest, "--tingkat", "desa", "--wilayah", "63.11.02", "--ruang", "petugas")
    assert one and all(row["kode"].startswith("63.11.02.") for row in one)


def import_own(penyimpanan: Path, folder: Path, table: Table) -> None:
    [result] = import_files(open_store(penyimpanan), [write_csv(folder / "a.csv", table)])
    assert result.disimpan


@pytest.mark.parametrize("nama", COLUMNS)
def test_after_an_import_of_measurements_no_sample_row_of_another_table_appears(
    nama: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "simpan"
    import_own(own, tmp_path, make_table(3, make_children()))
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(own))
    for tingkat in ("kabupaten", "desa"):
        assert COMMANDS["angka"](parse(["angka", nama, "--tingkat", tingkat])) == 0
        said = capsys.readouterr()
        assert (said.out, said.err) == (COLUMNS[nama] + "\n", "")
    assert COMMANDS["angka"](parse(["angka", nama, "--periode", KINI, "--awal", AWAL, "--wilayah", "63.11.02"])) == 0
    assert capsys.readouterr().out == COLUMNS[nama] + "\n"
    assert not (own / "contoh").exists()


def test_an_own_store_with_measurements_only_is_empty_as_a_user_sees_it(tmp_path: Path) -> None:
    own = tmp_path / "simpan"
    import_own(own, tmp_path, make_table(3, make_children()))
    done = run_command("angka", "parameter", penyimpanan=own)
    assert (done.returncode, done.stdout, done.stderr) == (0, SHARES + "\n", "")


def test_after_an_import_of_families_the_tables_of_other_kinds_are_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "simpan"
    import_own(own, tmp_path, as_table([{}], PARAMETER))
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(own))
    lines = {}
    for nama in ("prevalensi", "kek", "parameter", "perbandingan"):
        assert COMMANDS["angka"](parse(["angka", nama, "--ruang", "rapat"])) == 0
        lines[nama] = capsys.readouterr().out.splitlines()
        if nama in ("prevalensi", "kek"):
            for more in (
                ["--tingkat", "kecamatan"],
                ["--tingkat", "desa", "--wilayah", "63.11.02"],
                ["--periode", KINI],
            ):
                assert COMMANDS["angka"](parse(["angka", nama, *more])) == 0
                assert capsys.readouterr().out.splitlines() == lines[nama]
    assert (len(lines["prevalensi"]), len(lines["kek"])) == (1, 1)
    shares = read("\n".join(lines["parameter"]))
    assert [(row["parameter"], row["n"], row["penyebut"], row["catatan"]) for row in shares] == [
        ("SP01", "1", "1", ""), ("SP05", "0", "1", ""), ("SS01", "", "", "tidak berlaku"), ("SS06", "", "", "tidak ditanyakan"),
    ]  # fmt: skip
    compared = read("\n".join(lines["perbandingan"]))
    assert {(row["awal"], row["kini"]) for row in compared} == {(AWAL, AWAL)}  # one round is its own first and newest


def test_own_women_are_counted_by_their_latest_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "simpan"
    rows = [{"id_sasaran": f"B{number}", "lila_cm": "22"} for number in range(3)]
    rows += [{"id_sasaran": "B0", "tanggal": "2022-09-10", "lila_cm": "23.5"}]
    import_own(own, tmp_path, as_table(rows, BUMIL))
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(own))
    assert COMMANDS["angka"](parse(["angka", "kek", "--ruang", "rapat"])) == 0
    found = [
        [row[name] for name in ("periode", "hamil_normal", "dalam_pemantauan", "jumlah")]
        for row in read(capsys.readouterr().out)
    ]
    assert found == [[AWAL, "0", "3", "3"], [KINI, "1", "2", "3"]]
    assert COMMANDS["angka"](parse(["angka", "kek"])) == 0
    public = read(capsys.readouterr().out)
    assert all(row["jumlah"] == "" and "disamarkan" in row["catatan"] for row in public)


def test_numbers_are_written_with_a_point_and_missing_ones_as_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    angka.write_csv(
        pd.DataFrame(
            {"a": [0.1 + 0.2, -0.0, None], "b": pd.array([1, None, 3], dtype="Int64"), "c": ["x,y", None, 'z"']}
        )
    )
    assert capsys.readouterr().out == 'a,b,c\n0.3,1,"x,y"\n0,,\n,3,"z"""\n'
