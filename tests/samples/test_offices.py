"""The invented offices: posts that share the work, people who do not exist, questions left for the demo."""

import re
import zipfile
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from domain.modes import Mode, Rhythm
from domain.periods import Period
from domain.plan import About, Role, SignerRow
from samples.overview import open_questions, reportable
from tests.samples.sample_plans import PLANS, SAMPLES, answers, indicators, printed, targets_of, workbook

EACH_PLAN = pytest.mark.parametrize("plan", PLANS)
PHONE = re.compile(r"\+628120000\d{4}")
MODES = {
    "kubutambahan-2022": {Mode.SUM, Mode.LEVEL, Mode.SINGLE},
    "gumelar-2022": {Mode.SUM, Mode.CUM, Mode.LEVEL, Mode.SINGLE},
    "kemangkon-2022": {Mode.SUM, Mode.CUM, Mode.LEVEL, Mode.SINGLE},
    "randuagung-2024": {Mode.SUM, Mode.CUM, Mode.LEVEL},
    "sidayu-2020": {Mode.SUM, Mode.CUM, Mode.LEVEL, Mode.SINGLE},
}


# --- posts and people -------------------------------------------------------------------------------------------


@EACH_PLAN
def test_no_post_owns_more_than_two_fifths_of_what_can_be_reported(plan: str) -> None:
    rows = reportable(workbook(plan))
    owner, most = Counter(row.post for row in rows).most_common(1)[0]
    assert most <= len(rows) * 2 / 5, owner


@EACH_PLAN
def test_at_least_four_posts_in_three_roles_report_on_three_levels(plan: str) -> None:
    rows = reportable(workbook(plan))
    roles = {post.title: post.role for post in workbook(plan).posts}
    assert len({row.post for row in rows}) >= 4
    assert len({roles[row.post] for row in rows}) >= 3
    assert len({row.indicator.level for row in rows}) >= 3


@EACH_PLAN
def test_the_modes_of_a_plan_are_those_the_stories_expect(plan: str) -> None:
    assert {row.mode for row in reportable(workbook(plan))} == MODES[plan]


@EACH_PLAN
def test_every_office_has_a_camat_a_sekretaris_and_the_kasubbag_perencanaan_as_admin(plan: str) -> None:
    roles = Counter(post.role for post in workbook(plan).posts)
    assert (roles[Role.CAMAT], roles[Role.SEKRETARIS]) == (1, 1)
    assert [post.title for post in workbook(plan).posts if post.is_admin] == ["Kasubbag Perencanaan"]


@EACH_PLAN
def test_every_post_below_the_camat_leads_up_to_one_section(plan: str) -> None:
    posts = {post.title: post for post in workbook(plan).posts}
    for post in posts.values():
        assert bool(post.section) == (post.superior == "Camat"), post.title
        if post.role is not Role.CAMAT:
            assert post.superior in posts, post.title


@EACH_PLAN
def test_one_invented_person_holds_each_post_with_an_invented_number(plan: str) -> None:
    people = workbook(plan).people
    assert [person.post for person in people] == [post.title for post in workbook(plan).posts]
    assert all(PHONE.fullmatch(person.phone) and person.salutation in {"Bu", "Pak"} for person in people)


def test_names_and_numbers_are_used_once_in_all_five_offices() -> None:
    people = [person for plan in PLANS for person in workbook(plan).people]
    assert len({person.phone for person in people}) == len({person.name for person in people}) == len(people)


@EACH_PLAN
def test_no_number_of_a_real_person_is_anywhere_in_the_file(plan: str) -> None:
    with zipfile.ZipFile(SAMPLES / f"{plan}.xlsx") as book:
        parts = [ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xml")]
    texts = "\n".join("\n".join(part.itertext()) for part in parts)
    assert not re.search(r"\d{16,}", texts)
    assert all(PHONE.fullmatch(number) for number in re.findall(r"(?:\+62|\b08|\b628)[\d -]{7,}\d", texts))


# --- questions and answers --------------------------------------------------------------------------------------


@EACH_PLAN
def test_at_least_three_questions_stay_open_one_of_them_the_mode_of_a_kasi(plan: str) -> None:
    left = open_questions(workbook(plan))
    kasi = {post.title for post in workbook(plan).posts if post.role is Role.KASI}
    assert len(left) >= 3
    assert any(row.about is About.MODE and indicators(plan)[row.indicator].post in kasi for row in left)


@EACH_PLAN
def test_every_answer_is_an_invented_decision_of_the_admin_with_date_and_reason(plan: str) -> None:
    for answer in workbook(plan).answers:
        assert answer.sample, answer
        assert answer.by.endswith(", Kasubbag Perencanaan"), answer
        assert answer.reason, answer
        assert answer.on.year == workbook(plan).year, answer


@EACH_PLAN
def test_every_answer_fits_its_question(plan: str) -> None:
    asked = {(row.indicator, row.about): row for row in workbook(plan).questions}
    posts = {post.title for post in workbook(plan).posts}
    for answer in workbook(plan).answers:
        options = asked[answer.indicator, answer.about].options
        match answer.about:
            case About.MODE:
                assert answer.value in options, answer
            case About.OWNER:
                assert answer.value in posts, answer
            case About.TARGETS:
                assert targets_of(answer.value), answer
            case About.NAME | About.DIRECTION:
                assert answer.value, answer


@EACH_PLAN
def test_a_question_is_asked_in_one_chat_message(plan: str) -> None:
    assert all(20 < len(question.text) <= 900 for question in workbook(plan).questions)


def test_a_broken_name_is_completed_by_the_admin() -> None:
    assert indicators("kubutambahan-2022")["B-020"].name == "pelaporan keuangan yang baik"
    completed = answers("kubutambahan-2022")["B-020", About.NAME]
    assert completed == "Jumlah Desa dengan Pelaporan Keuangan yang Baik"


# --- realisations before the demo's clock -----------------------------------------------------------------------


@EACH_PLAN
def test_every_realisation_is_marked_and_lies_before_late_march(plan: str) -> None:
    for report in workbook(plan).reports:
        assert report.sample, report
        assert report.reported_at < datetime(workbook(plan).year, 3, 27, tzinfo=UTC), report


@EACH_PLAN
def test_only_indicators_that_can_be_reported_have_realisations_within_their_limits(plan: str) -> None:
    rows = {row.indicator.code: row.indicator for row in reportable(workbook(plan))}
    rows |= {row.code: row for row in workbook(plan).indicators if row.service}
    for report in workbook(plan).reports:
        limit = rows[report.indicator].high
        assert report.value >= 0, report
        assert limit is None or report.value <= limit, report


@EACH_PLAN
def test_quarterly_plans_have_one_or_two_provisional_reports_of_the_first_quarter(plan: str) -> None:
    if workbook(plan).indicators[0].rhythm is Rhythm.QUARTERLY:
        services = {row.code for row in workbook(plan).indicators if row.service}
        reports = [report for report in workbook(plan).reports if report.indicator not in services]
        assert 1 <= len(reports) <= 2
        assert {report.period for report in reports} == {Period.quarter(workbook(plan).year, 1)}


def test_randuagung_is_reported_by_the_quarter_against_annual_targets_alone() -> None:
    rows = [row.indicator for row in reportable(workbook("randuagung-2024"))]
    assert {row.rhythm for row in rows} == {Rhythm.QUARTERLY}
    assert all(row.annual_target is not None and not row.targets for row in rows)


def b_targets(month: int) -> dict[str, Decimal]:
    """What Kubutambahan asks for in a month once its answers are applied, by code."""
    period, plan, found = Period.month(2022, month), "kubutambahan-2022", dict[str, Decimal]()
    for row in reportable(workbook(plan)):
        code = row.indicator.code
        cells = {**row.indicator.targets, **targets_of(answers(plan).get((code, About.TARGETS), ""))}
        if value := cells.get(period):
            found[code] = value
    return found


def b_reports(month: int) -> dict[str, Decimal]:
    reports = workbook("kubutambahan-2022").reports
    return {row.indicator: row.value for row in reports if row.period == Period.month(2022, month)}


def test_kasi_pemerintahan_meets_the_targets_of_the_example_conversations() -> None:
    mine = {row.indicator.code for row in reportable(workbook("kubutambahan-2022")) if row.post == "Kasi Pemerintahan"}
    march = {code: value for code, value in b_targets(3).items() if code in mine}
    assert march == {"B-016": 1, "B-018": 1, "B-020": 1}
    january, february = b_reports(1), b_reports(2)
    assert (january["B-016"] + february["B-016"], january["B-018"] + february["B-018"]) == (2, 1)
    assert b_targets(1)["B-019"] == 13
    assert b_targets(1)["B-021"] == 26
    assert january["B-019"] == january["B-021"] == 0  # susulan
    assert b_targets(3)["B-036"] == 233


def test_the_first_months_of_kubutambahan_are_met_missed_exceeded_and_unreported() -> None:
    for month in (1, 2):
        targets, reports = b_targets(month), b_reports(month)
        assert reports.keys() <= targets.keys()
        assert any(reports[code] > targets[code] for code in reports)
        assert any(reports[code] < targets[code] for code in reports)
        assert any(reports[code] == targets[code] for code in reports)
        assert 0 < len(targets.keys() - reports.keys()) < len(targets) / 4
    assert {report.period.number for report in workbook("kubutambahan-2022").reports} == {1, 2}


def test_the_digest_names_the_rows_that_are_printed_twice() -> None:
    repeated = {plan: sum(row.repeats is not None for row in printed(plan)) for plan in PLANS}
    assert repeated == dict.fromkeys(PLANS, 0) | {"gumelar-2022": 42, "kemangkon-2022": 1}


# --- services, Renstra, signers ---------------------------------------------------------------------------------

PATEN = (
    "Akta Kelahiran", "Akta Kematian", "Kartu Keluarga", "Perekaman dan Pencatatan KTP Elektrolik",
    "Surat Keterangan Pindah WNI antar Kecamatan dalam Kabupaten",
    "Fasilitasi pendaftaran izin usaha mikro di Kecamatan melalui Online Single Submssion (OSS)",
    "Fasilitasi pada formulir permohonan IMB kewenangan Kabupaten",
    "Fasilitasi pada Surat Tanda Pendaftaran (STP) Yayasan Yatim Piatu dan Organisasi Sosial",
    "Fasilitasi pada permohonan Penggalangan Dana Sarana Sosial dan Peribadatan",
    "Fasilitasi pada Surat Pernyataan Miskin dan / atau Surat Keterangan Tidak Mampu",
    "Fasilitasi pada Surat Keterangan Domisili Perusahaan",
    "Fasilitasi pada Surat Keterangan Kewarisan (Tanah dan Bangunan)",
    "Legalisasi Surat - surat yang dikeluarkan oleh Camat",
)  # fmt: skip


def test_randuagung_counts_the_services_of_its_paten_table() -> None:
    services = [row for row in workbook("randuagung-2024").indicators if row.service]
    assert tuple(row.name for row in services) == PATEN
    assert {row.post for row in services} == {"Kasi Pelayanan Umum"}
    assert [row.code for row in services if row.path] == ["R-L02", "R-L03", "R-L04", "R-L05", "R-L06"]
    assert not any(row.service for plan in PLANS if plan != "randuagung-2024" for row in workbook(plan).indicators)


def test_a_dash_of_the_paten_table_is_a_zero_that_was_reported() -> None:
    january = {
        report.indicator: report.value
        for report in workbook("randuagung-2024").reports
        if report.period == Period.month(2024, 1)
    }
    assert (january["R-L02"], january["R-L08"], january["R-L09"]) == (88, 1, 0)
    assert len(january) == 13


def test_the_renstra_of_randuagung_takes_certain_cells_alone() -> None:
    rows = {row.code: row.figures for row in workbook("randuagung-2024").renstra}
    documents, percent = rows["R-006"], rows["R-032"]
    assert (documents.end_target, documents.early, documents.realised_two_before) == (7, None, 3)
    assert (documents.target_one_before, documents.before, documents.spent_before) == (3, None, None)
    assert (percent.end_target, percent.early, percent.target_two_before) == (100, 79, None)  # printed "10 0"
    assert rows["R-063"].end_target is None  # printed in "rekening", planned in "laporan"
    assert not {"R-004", "R-016", "R-118", "R-120"} & rows.keys()  # a lost digit, a merged row


@EACH_PLAN
def test_forms_are_signed_by_the_admin_and_the_camat_without_names(plan: str) -> None:
    assert workbook(plan).signers == (
        SignerRow("Disusun oleh", "Kasubbag Perencanaan"),
        SignerRow("Mengetahui", "Camat"),
    )
