"""`renaksi doctor`: what is wrong and how to mend it, each in one sentence."""

import asyncio
import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.channels.base import SendError
from bot.channels.telegram import TelegramChannel
from bot.clock import machine_now
from bot.doctor_backup import examine_backups
from bot.doctor_figures import examine_figures
from bot.evidence_store import open_store
from bot.findings import Finding
from bot.holiday_dates import NationalAlmanac
from bot.private_files import rights
from bot.settings import Settings, SettingsUnusable, read_settings
from bot.shelves import StoreUnusable, shown
from domain.zones import local
from storage import migrate, upkeep
from storage.engine import DatabaseError, DatabaseUnusable, database_files, open_engine, reading
from storage.offices import names

LEAST_DISK = 1024**3
"""Bytes of free disk below which photos may soon not fit."""
OLDEST_YEAR = 2026
"""The year of this program: a machine that believes in an earlier one has lost its clock."""


async def examine() -> list[Finding]:
    """Every check; without usable settings only that one."""
    try:
        settings = read_settings()
    except SettingsUnusable as wrong:
        return [Finding("pengaturan", False, str(wrong), "Bandingkan .env dengan .env.example.")]
    found = [Finding("pengaturan", True, "terbaca")]
    found += await asyncio.to_thread(_local_checks, settings)
    found.append(await _telegram(settings))
    return [*found, *await _whatsapp(settings)]


def _local_checks(settings: Settings) -> list[Finding]:
    now = machine_now()
    return [*_database(settings, now), _evidence(settings), *_rights(settings), clock(now), holidays(now)]


def _rights(settings: Settings) -> list[Finding]:
    """Of the settings with their secrets, and of what people wrote and sent."""
    kept = [Path(".env")]
    with suppress(DatabaseUnusable):  # which is a finding of its own
        kept += database_files(settings.database_url)
    if settings.evidence_folder is not None:
        kept.append(settings.evidence_folder)
    return rights(*kept)


def _database(settings: Settings, now: datetime) -> list[Finding]:
    try:
        engine = open_engine(settings.database_url)
        with reading(engine) as connection:
            version = migrate.version(connection)
            offices = names(connection) if version == migrate.HEAD else {}
            backup = upkeep.standing(connection).backup if offices else None
        counted = examine_figures(engine, offices)
        engine.dispose()
    except (DatabaseUnusable, DatabaseError) as wrong:
        reason = str(wrong) if isinstance(wrong, DatabaseUnusable) else "server atau berkasnya tidak dapat dibuka"
        return [Finding("database", False, reason, "Periksa DATABASE_URL di .env dan hak akses foldernya.")]
    if version != migrate.HEAD:
        return [_other_version(version)]
    listed = ", ".join(offices.values())
    if not offices:
        return [Finding("database", True, "siap, belum ada kantor", "Muat buku kerja: renaksi load BERKAS.xlsx")]
    return [Finding("database", True, f"siap, kantor: {listed}"), counted, examine_backups(settings, backup, now)]


def _other_version(version: str | None) -> Finding:
    """What is said of tables that are not those of this program; `version` is their revision, None for no tables."""
    if version is None:
        return Finding("database", True, "belum disiapkan", "Tabel dibuat sendiri saat renaksi load atau run.")
    if version < migrate.HEAD:
        return Finding("database", True, "dari versi sebelumnya", "Tabel diperbarui sendiri saat renaksi run mulai.")
    return Finding("database", False, "dari Renaksi yang lebih baru", "Perbarui programnya, atau pulihkan cadangan.")


def _evidence(settings: Settings) -> Finding:
    folder = settings.evidence_folder
    if folder is None:
        try:
            open_store(settings)
        except StoreUnusable as wrong:
            return Finding("berkas bukti", False, str(wrong), "Periksa EVIDENCE_ di .env.")
        return Finding("berkas bukti", True, f"tersimpan di {shown(settings.evidence_url)}")
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        return Finding("berkas bukti", False, f"folder {folder} tidak dapat ditulis", "Ubah EVIDENCE_URL di .env.")
    return disk(folder, shutil.disk_usage(existing).free)


def disk(folder: Path, free: int) -> Finding:
    """Whether `free` bytes will do for the pictures and files of a while."""
    if free < LEAST_DISK:
        return Finding("berkas bukti", False, "ruang disk kurang dari 1 GB", "Kosongkan disk atau pindahkan foldernya.")
    return Finding("berkas bukti", True, f"folder {folder}, ruang kosong {free // LEAST_DISK} GB")


def clock(now: datetime) -> Finding:
    """Whether the machine's clock can be right."""
    at = local(now, "Asia/Jakarta")
    shown = f"{at:%Y-%m-%d %H.%M} WIB"
    if at.year < OLDEST_YEAR:
        return Finding("jam", False, f"jam mesin menunjukkan {shown}", "Setel jam mesin dan aktifkan sinkronisasinya.")
    return Finding("jam", True, shown)


def holidays(now: datetime) -> Finding:
    """Whether the days off of this year are known."""
    year = local(now, "Asia/Jakarta").year
    if not NationalAlmanac().knows_cuti_bersama(year):
        return Finding("hari libur", False, f"cuti bersama {year} belum dikenal", "Perbarui paket holidays.")
    return Finding("hari libur", True, f"libur nasional dan cuti bersama {year} dikenal")


async def _telegram(settings: Settings) -> Finding:
    if settings.telegram_token is None and settings.has_whatsapp:
        return Finding("telegram", True, "tidak dipakai")
    if settings.telegram_token is None:
        mend = "Minta token pada @BotFather, isi di .env. Untuk WhatsApp saja: docs/whatsapp.md."
        return Finding("telegram", False, "TELEGRAM_TOKEN belum diisi", mend)
    channel = TelegramChannel(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    try:
        username = await channel.bot_username()
    except SendError as failure:
        return Finding("telegram", False, f"tidak terhubung: {failure}", "Periksa token dan jaringan.")
    finally:
        await channel.close()
    return Finding("telegram", True, f"terhubung sebagai @{username}")


async def _whatsapp(settings: Settings) -> list[Finding]:
    if not settings.has_whatsapp:
        return []
    from bot.doctor_whatsapp import examine_whatsapp  # takes long, and most installations do without

    return await examine_whatsapp(settings)
