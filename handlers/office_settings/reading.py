"""Settings of an office as people type them: `tanggal 7`, `hari kerja ke-5`, `07.30-16.00, kirim 08.00`, `atasan mati`.

Every reader returns None for words that it does not understand, and raises BadSetting for what they say but cannot be.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from domain.deadlines import CutOff, CutOffKind
from domain.evidence import EvidenceRule
from domain.explaining import ExplainRule
from domain.ladder import Rung, Stage
from domain.morning import MorningReport
from domain.periods import Period, PeriodKind
from domain.scales import ScaleKey
from domain.verification import VerificationRule
from domain.working_hours import Hours, Weekday
from handlers.period_words import read_period
from handlers.texts.formats import DAYS
from handlers.texts.office_settings import (
    BY_HEAD,
    BY_PLANNER,
    FROM_THE_START,
    MORNING,
    NO_GROUP,
    NOBODY,
    NOT_ROUNDED,
    ROUNDED,
    SCALE_NAMES,
)
from handlers.texts.refusals import STAGES

OFF = frozenset({"mati", "matikan", "nonaktif", "tidak", "tidak ada", "tidak pernah", "tanpa kunci"})
ON = frozenset({"nyala", "nyalakan", "aktif", "hidup"})
ONLY_CAMAT = frozenset({"camat", "hanya camat", "camat saja"})
ONLY_ADMIN = frozenset({"admin", "hanya admin", "admin saja"})
AS_USUAL = frozenset({"sama", "seperti biasa", "seperti hari lain", "biasa", "sama seperti biasa"})

_MOVED = {"maju": False, "dimajukan": False, "mundur": True, "dimundurkan": True}
_CUT_OFF = re.compile(
    r"(?:(?:tanggal|tgl) )?(?P<working>hari kerja (?:ke )?)?(?P<number>\d+)(?P<counted> hari kerja)?"
    rf"(?: (?P<moved>{'|'.join(_MOVED)})(?: bila libur)?)?"
)
_ONLY_MOVED = re.compile(rf"({'|'.join(_MOVED)})(?: bila libur)?")
_WHOLE = re.compile(
    r"(?:paling (?:banyak|lama) )?(\d+)(?: (?:kali|pesan|pengingat|hari)(?: kerja)?)?(?: sesudah batas kabupaten)?"
)
_DAYS = re.compile(r"(?:dulu )?(\d{1,6})(?: hari)?(?: kerja)?")
_TIME = r"(\d{1,2}(?:[.:]\d{2})?)"
_HOURS = re.compile(
    rf"(?:(?:jam|pukul) )?{_TIME} ?(?:-|–|s/d|sd|sampai|hingga) ?{_TIME}(?: (?:di)?kirim (?:(?:jam|pukul) )?{_TIME})?"
)
_SENDING = re.compile(rf"(?:di)?kirim (?:(?:jam|pukul) )?{_TIME}")
_DIGEST = re.compile(rf"(?:hari )?([a-z]+)?(?: ?(?:(?:jam|pukul) )?{_TIME})?")
_STAGE = re.compile(r"(?P<stage>.+?) (?P<number>[+-]?\d+)(?: hari(?: kerja)?)?")
_OTHER_STAGES = {"h-1": Stage.BEFORE, "h": Stage.DUE, "h+1": Stage.AFTER, "h+3": Stage.SUPERIOR, "h+5": Stage.CAMAT}
_EXPLAINED = {"bulanan": "monthly", "triwulan": "quarterly", "tw": "quarterly", "pendorong": "above", "banyak": "most"}
_LIMIT = re.compile(
    rf"({'|'.join(_EXPLAINED)}) (?:di bawah |di atas |lebih dari |paling )?(\d+) ?(?:%|persen|indikator)?"
)
_PIECES = {"tautan": "links", "rekaman": "recordings", "suara dan video": "recordings", "suara": "recordings"}
_MOST_PIECES = re.compile(r"(?:paling )?banyak(?:nya)? (\d{1,4})(?: bukti| buah)?")
_MONTHS = re.compile(r"(?:sesudah )?(\d+)(?: (bulan|tahun))?")
_FOR_EVER = frozenset({"selamanya", "selama-lamanya", "tidak pernah", "jangan dihapus", "tidak dihapus"})
_WORKDAYS = {"senin sampai jumat": 5, "senin jumat": 5, "senin sampai sabtu": 6, "senin sabtu": 6}


def plain(words: str) -> str:
    """The words in small letters, with single blanks and no commas."""
    return " ".join(words.casefold().replace(",", " ").split()).strip(" .!")


def read_cut_off(words: str, present: CutOff) -> CutOff | None:
    """`tanggal 7`, `hari kerja ke-5`, `7 mundur bila libur`, or only `mundur`."""
    typed = " ".join(plain(words).replace("ke-", "ke ").split())
    if match := _ONLY_MOVED.fullmatch(typed):
        return replace(present, later=_MOVED[match[1]])
    match = _CUT_OFF.fullmatch(typed)
    if match is None:
        return None
    kind = CutOffKind.WORKING_DAY if match["working"] or match["counted"] else CutOffKind.DAY
    return CutOff(kind, int(match["number"]), _MOVED[match["moved"]] if match["moved"] else present.later)


def read_whole(words: str) -> int | None:
    """`4`, `paling banyak 4 pesan`, `14 hari`."""
    match = _WHOLE.fullmatch(plain(words))
    return int(match[1]) if match else None


def read_workdays(words: str) -> int | None:
    """`5`, `6 hari`, `Senin sampai Sabtu`."""
    return _WORKDAYS.get(" ".join(plain(words).replace("-", " ").split())) or read_whole(words)


def read_scale(words: str) -> ScaleKey | None:
    """`Skala A`, `empat tingkat`, or the name with the words of its rungs in brackets."""
    typed = plain(words.partition("(")[0])
    return next((key for key, name in SCALE_NAMES.items() if plain(name) == typed), None)


def read_rounded(words: str) -> bool | None:
    """`dibulatkan dulu`, `tidak dibulatkan`."""
    return {plain(ROUNDED): True, "dibulatkan": True, plain(NOT_ROUNDED): False, "tidak": False}.get(plain(words))


def read_hours(words: str, present: Hours) -> Hours | None:
    """`07.30-16.00`, `07.30 sampai 16.00, kirim 08.00`, or only `kirim 09.00`.

    Without a sending time that of before is kept where it lies within the hours, else it is that of the opening.
    """
    typed = plain(words)
    if match := _SENDING.fullmatch(typed):
        sending = _time(match[1])
        return None if sending is None else replace(present, sending_time=sending)
    match = _HOURS.fullmatch(typed)
    if match is None:
        return None
    opens, closes, sending = _time(match[1]), _time(match[2]), _time(match[3] or "")
    if opens is None or closes is None or (match[3] and sending is None):
        return None
    kept = present.sending_time if opens <= present.sending_time < closes else opens
    return Hours(opens, closes, sending or kept)


def read_digest(words: str, weekday: Weekday, at: time) -> tuple[Weekday, time] | None:
    """`senin 08.00`, or only the weekday or the time; the other one stays."""
    match = _DIGEST.fullmatch(plain(words).replace("jum'at", "jumat"))
    if match is None or not (match[1] or match[2]):
        return None
    named = _weekday(match[1]) if match[1] else weekday
    moment = _time(match[2]) if match[2] else at
    return None if named is None or moment is None else (named, moment)


def read_posts(words: str, titles: Sequence[str]) -> tuple[str, ...] | None:
    """`Sekretaris Kecamatan dan Kasubbag Perencanaan`: the posts meant, each by its title or a part of no other's;
    `hanya camat` for none."""
    typed = [plain(part) for part in re.split(r"[,;\n]| dan ", words) if plain(part)]
    named = [part for part in typed if part not in ONLY_CAMAT]
    meant = {_title(part, titles) for part in named}
    return None if not typed or None in meant else tuple(title for title in titles if title in meant)


def _title(typed: str, titles: Sequence[str]) -> str | None:
    exact = [title for title in titles if plain(title) == typed]
    found = exact or [title for title in titles if typed in plain(title)]
    return found[0] if len(found) == 1 else None


def read_verifiers(words: str, titles: Sequence[str]) -> tuple[str, ...] | None:
    """The posts that verify, as `read_posts` reads them; `admin` for none but the admin's."""
    if plain(words) in ONLY_ADMIN:
        return ()
    meant = {_title(plain(part), titles) for part in re.split(r"[,;\n]| dan ", words) if plain(part)}
    return None if not meant or None in meant else tuple(title for title in titles if title in meant)


def read_superior(words: str, present: VerificationRule) -> VerificationRule | None:
    """`dulu, 2 hari kerja`, `3 hari`, `nyala`, `tidak`."""
    typed = plain(words)
    chosen = True if typed == "dulu" else read_allowed(typed)
    if chosen is not None:
        return replace(present, superior_first=chosen)
    match = _DAYS.fullmatch(typed)
    return None if match is None else replace(present, superior_first=True, superior_days=int(match[1]))


def read_allowed(words: str) -> bool | None:
    """`ya`, `boleh`, `nyala`; `tidak`, `tidak boleh`, `mati`."""
    typed = plain(words)
    if typed in ON | {"ya", "boleh"}:
        return True
    return False if typed in OFF | {"tidak boleh", "jangan"} else None


def read_morning(words: str) -> MorningReport | None:
    """`tiap hari kerja`, `bila ada masalah`, `tidak`."""
    typed = plain(words)
    if typed in OFF:
        return MorningReport.NEVER
    if typed in ON:
        return MorningReport.DAILY
    named = {plain(label): report for report, label in MORNING.items()}
    return named.get(typed.removeprefix("hanya "))


def read_rungs(words: str, present: Iterable[Rung], usual: tuple[Rung, ...]) -> tuple[Rung, ...] | None:
    """`atasan 4, camat mati`: the stages that are named change, the others stay; `mati` and `nyala` alone mean all.

    Offsets are typed as working days, without telling before from after: each stage has but one side.
    """
    if plain(words) in OFF | ON:
        return () if plain(words) in OFF else usual
    rungs = {rung.stage: rung for rung in present}
    for part in re.split(r"[,;\n]| dan ", words):
        read = _change(plain(part), {rung.stage: rung for rung in usual})
        if read is None:
            return None
        stage, rung = read
        rungs.pop(stage, None)
        if rung is not None:
            rungs[stage] = rung
    return tuple(rungs[stage] for stage in Stage if stage in rungs)


def read_group_stages(words: str) -> tuple[Stage, ...] | None:
    """`H-1 dan H`, `hanya H`, `tidak dikirim`."""
    typed = plain(words).replace("dan ", "").replace("hanya ", "").split()
    if plain(words) in OFF | {plain(NO_GROUP)}:
        return ()
    named = {_OTHER_STAGES.get(part) for part in typed}
    return None if None in named or not named else tuple(stage for stage in Stage if stage in named)


def _change(part: str, usual: Mapping[Stage, Rung]) -> tuple[Stage, Rung | None] | None:
    """One stage and what becomes of it, None for a stage that is not sent any more."""
    name, _, last = part.rpartition(" ")
    if last in OFF and (stage := _stage(name)) is not None:
        return stage, None
    wanted = name if last in ON else part
    if (stage := _stage(wanted)) is not None:
        return stage, usual.get(stage, Rung(stage, 0 if stage is Stage.DUE else _signed(stage, 1)))
    match = _STAGE.fullmatch(part)
    stage = _stage(match["stage"]) if match else None
    return None if match is None or stage is None else (stage, Rung(stage, _signed(stage, int(match["number"]))))


def _stage(name: str) -> Stage | None:
    if name in _OTHER_STAGES:
        return _OTHER_STAGES[name]
    return next((stage for stage, known in STAGES.items() if known == name), None)


def _signed(stage: Stage, days: int) -> int:
    return -abs(days) if stage in (Stage.NOTICE, Stage.BEFORE) else abs(days)


def _weekday(name: str) -> Weekday | None:
    known = [day.casefold() for day in DAYS]
    return Weekday(known.index(name)) if name in known[: len(Weekday)] else None


def _time(text: str) -> time | None:
    """`7`, `07.30`, `07:30`; None for what no clock shows."""
    hour, _, minute = text.replace(":", ".").partition(".")
    if not hour or int(hour) > 23 or int(minute or 0) > 59:
        return None
    return time(int(hour), int(minute or 0))


def read_explaining(words: str, present: ExplainRule) -> ExplainRule | None:
    """`bulanan 70, triwulan 90, pendorong 130, paling banyak 2`, or only some of them."""
    typed = plain(words)
    found = {_EXPLAINED[name]: int(number) for name, number in _LIMIT.findall(typed)}
    rest = _LIMIT.sub("", typed).replace("paling", "").replace("dan", "").strip()
    return replace(present, **found) if found and not rest else None


def read_evidence(words: str, present: EvidenceRule) -> EvidenceRule | None:
    """`tautan tidak, rekaman boleh, paling banyak 10`, or only some of them."""
    rule: EvidenceRule | None = None
    for part in re.split(r"[,;\n]| dan (?!video)", words):
        rule = _evidence_part(plain(part), rule or present)
        if rule is None:
            return None
    return rule


def _evidence_part(part: str, rule: EvidenceRule) -> EvidenceRule | None:
    if match := _MOST_PIECES.fullmatch(part):
        return replace(rule, most=int(match[1]))
    name, _, allowed = part.rpartition(" ")
    name = name.removesuffix(" tidak")
    taken = allowed == "boleh" and not part.endswith("tidak boleh")
    if name not in _PIECES or allowed not in ("boleh", "tidak"):
        return None
    return replace(rule, **{_PIECES[name]: taken})


def read_kept(words: str) -> tuple[int | None] | None:
    """How long something is kept, in months: `24 bulan`, `2 tahun`; None within for `selamanya`."""
    typed = plain(words)
    if typed in _FOR_EVER:
        return (None,)
    match = _MONTHS.fullmatch(typed)
    return None if match is None else (int(match[1]) * (12 if match[2] == "tahun" else 1),)


def read_begins(words: str, year: int) -> tuple[Period | None] | None:
    """The month from which reports are asked: `Juni 2022`, `juni` for one of `year`; None within for `sejak awal`."""
    typed = plain(words)
    if typed in (plain(FROM_THE_START), "awal", "dari awal"):
        return (None,)
    month = read_period(typed, lambda of_year: of_year(year))
    return None if month is None or month.kind is not PeriodKind.MONTH else (month,)


def read_operators(words: str, titles: Sequence[str]) -> tuple[str, ...] | None:
    """The posts that may report for others, as `read_verifiers` reads them; `tidak ada` for none."""
    return () if plain(words) in OFF | {plain(NOBODY)} else read_verifiers(words, titles)


def read_head(words: str) -> bool | None:
    """`diisi admin`, `diisi camat`."""
    return {plain(BY_PLANNER): True, "admin": True, plain(BY_HEAD): False, "camat": False}.get(plain(words))
