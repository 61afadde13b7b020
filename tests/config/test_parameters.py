"""The catalogue of parameters: complete, in the sizes that the report and the screen need."""

from dataclasses import replace

import pytest

from config.parameters import KINDS, LONGEST_NAME, Parameter, load_parameters, parameter, parameters_of

# What the report itself names (sections III.A and III.B); everything else is proposed and must say so.
NAMED_BY_THE_REPORT = {
    "SP01", "SP02", "SP03", "SP04", "SP05", "SP06", "SH01", "SH02", "SH03", "SH04", "SH05", "SH06", "SS01", "SS02",
    "SS03", "SS04", "SS05", "SS06", "SS08", "SS10", "SS12", "SS17", "SS18", "SS19",
}  # fmt: skip


def test_how_many_there_are() -> None:
    codes = [known.kode for known in load_parameters()]
    assert codes == [f"SP{n:02d}" for n in range(1, 13)] + [f"SH{n:02d}" for n in range(1, 7)] + [
        f"SS{n:02d}" for n in range(1, 21)
    ]
    assert (len(parameters_of("balita")), len(parameters_of("bumil"))) == (32, 24)


def test_prefixes_say_the_kind_and_the_group() -> None:
    for known in load_parameters():
        assert known.jenis == {"SP": "spesifik", "SH": "spesifik", "SS": "sensitif"}[known.kode[:2]]
        assert ("balita" in known.sasaran) == (known.kode[:2] != "SH")
        assert ("bumil" in known.sasaran) == (
            known.kode[:2] == "SH" or (known.kode[:2] == "SS" and known.kode not in ("SS17", "SS18"))
        )


def test_what_the_report_names_and_what_is_proposed() -> None:
    assert {known.kode for known in load_parameters() if known.status == "laporan"} == NAMED_BY_THE_REPORT
    for known in load_parameters():
        assert ("Laporan Monev BALANTING 2023" in known.sumber) or known.status == "usulan", known.kode


@pytest.mark.parametrize("known", load_parameters(), ids=lambda known: known.kode)
def test_every_text_is_there_and_fits(known: Parameter) -> None:
    assert 0 < len(known.nama) <= LONGEST_NAME
    assert known.nama[0].isupper() and not known.nama.endswith(".")
    assert known.definisi.endswith((".", "]."))
    assert known.penanggung_jawab and known.sumber


def test_names_are_told_apart() -> None:
    assert len({known.nama for known in load_parameters()}) == len(load_parameters())


def test_owners_that_the_report_does_not_name_are_marked() -> None:
    for known in load_parameters():
        for owner in ("Dinas Sosial", "Dinas Lingkungan Hidup"):
            assert owner not in known.penanggung_jawab or f"{owner} [usulan]" in known.penanggung_jawab


def test_an_unknown_code_or_group_is_an_error() -> None:
    with pytest.raises(KeyError):
        parameter("SP99")
    with pytest.raises(ValueError, match="lansia"):
        parameters_of("lansia")


@pytest.mark.parametrize(
    "change",
    [{"nama": " "}, {"nama": "x" * (LONGEST_NAME + 1)}, {"jenis": "lain"}, {"status": "taken"}, {"sasaran": ("lansia",)},
     {"definisi": ""}, {"penanggung_jawab": ""}, {"sumber": ""}, {"sasaran": ("",)}],
)  # fmt: skip
def test_an_incomplete_parameter_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="SS01"):
        replace(parameter("SS01"), **change)
    assert parameter("SS01").jenis in KINDS
