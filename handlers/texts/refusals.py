"""A refused setting in a sentence that says what it may be.

Whoever reads it has just typed the value or stands at its cell. What was given is said again only where it is a number,
a time or a day: other words may be anything.
"""

from collections.abc import Mapping
from datetime import date, time

from domain.deadlines import DAYS
from domain.ladder import Stage
from domain.refusals import Allowed, BadSetting, Between, OneOf
from handlers.texts.formats import full_day, listed

_LONGEST_NUMBER = 999_999
"""Beyond this a number is not repeated."""

_NAMES: Mapping[str, str] = {
    "opens": "Jam buka",
    "closes": "Jam tutup",
    "sending_time": "Jam kirim pengingat",
    "digest_at": "Jam ringkasan",
    "digest_weekday": "Hari ringkasan",
    "zone": "Zona waktu",
    "workdays": "Hari kerja seminggu",
    "per_period": "Banyaknya pengingat satu periode",
    "per_extension": "Banyaknya pengingat satu waktu tambahan",
    "extension_days": "Waktu tambahan (dalam hari)",
    "lock_after": "Kunci periode (dalam hari kerja sesudah batas kabupaten)",
    "superior_days": "Waktu atasan (dalam hari kerja)",
    "monthly": "Batas capaian bulanan (dalam persen)",
    "quarterly": "Batas capaian triwulan (dalam persen)",
    "above": "Batas faktor pendorong (dalam persen)",
    "most": "Jumlah paling banyak",
    "messages": "Masa simpan obrolan (dalam bulan)",
    "evidence": "Masa simpan berkas bukti (dalam bulan)",
    "until": "Batas baru",
    "last": "Hari terakhir",
}
"""How a sentence begins, by the last part of the setting's name."""

STAGES: Mapping[Stage, str] = {
    Stage.NOTICE: "pemberitahuan",
    Stage.BEFORE: "sebelum batas",
    Stage.DUE: "hari batas",
    Stage.AFTER: "sesudah batas",
    Stage.SUPERIOR: "atasan",
    Stage.CAMAT: "camat",
}
"""What the stages of the ladder are called when they are set."""


def refusal(refused: BadSetting) -> str:
    """Why a value is not taken, and what would be: `Zona waktu: WIB, WITA, atau WIT.`"""
    field = refused.field.rpartition(".")[2]
    if field == "number":
        return _cut_off(refused)
    if field in {stage.value for stage in Stage}:
        return _stage(Stage(field), refused)
    if isinstance(refused.allowed, OneOf) and field in ("rungs", "kabupaten"):
        return _no_such_stage(refused.allowed)
    return f"{_NAMES.get(field, 'Isinya')} harus {_allowed(refused.allowed)}{_not(refused.given)}."


def _cut_off(refused: BadSetting) -> str:
    low, high = _numbers(refused.allowed)
    if high == DAYS[-1]:
        return f"Batas harus tanggal {low} sampai {high}, yang ada di setiap bulan{_not(refused.given)}."
    return f"Batas harus hari kerja ke-{low} sampai ke-{high}{_not(refused.given)}."


def _stage(stage: Stage, refused: BadSetting) -> str:
    name = STAGES[stage].capitalize()
    ends = sorted(abs(end) for end in _numbers(refused.allowed))
    given = abs(refused.given) if isinstance(refused.given, int) else refused.given
    match stage:
        case Stage.DUE:
            return f"{name} tidak dapat digeser, hanya nyala atau mati."
        case Stage.NOTICE:
            anchor = "sebelum hari kerja terakhir periode itu"
        case Stage.BEFORE:
            anchor = "sebelum batas"
        case _:
            anchor = "sesudah batas"
    return f"{name} harus {ends[0]} sampai {ends[1]} hari kerja {anchor}{_not(given)}."


def _no_such_stage(allowed: OneOf) -> str:
    left = [STAGES[Stage(str(choice))] for choice in allowed.choices]
    return f"Tahap yang dapat diatur di sini: {listed(left)}." if left else "Setiap tahap cukup disebut satu kali."


def _numbers(allowed: Allowed) -> tuple[int, int]:
    if isinstance(allowed, Between) and isinstance(allowed.low, int) and isinstance(allowed.high, int):
        return allowed.low, allowed.high
    raise ValueError(f"{allowed} is no span of whole numbers")


def _allowed(allowed: Allowed) -> str:
    if isinstance(allowed, Between):
        if allowed.high == date.max:
            return f"paling awal {_value(allowed.low)}"
        return f"{_value(allowed.low)} sampai {_value(allowed.high)}"
    choices = [_value(choice) for choice in allowed.choices]
    return _either(choices) if choices else "diisi"


def _either(choices: list[str]) -> str:
    """`a`, `a atau b`, `a, b, atau c`."""
    return listed(choices).replace(" dan ", " atau ")


def _not(given: object) -> str:
    if isinstance(given, bool) or not isinstance(given, int | time | date):
        return ""
    return "" if isinstance(given, int) and abs(given) > _LONGEST_NUMBER else f", bukan {_value(given)}"


def _value(value: object) -> str:
    match value:
        case time():
            return f"{value:%H.%M}"
        case date():
            return full_day(value)
        case _:
            return str(value)
