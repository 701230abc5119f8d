"""The checks of `renaksi doctor` that ask Meta: token, number, webhook, templates."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.channels.base import ChannelStopped, SendError, TryLater
from bot.channels.whatsapp.account import NEEDED_RIGHTS, Account, Number, TokenState
from bot.channels.whatsapp.template_review import Review
from bot.findings import Finding
from bot.settings import Settings
from domain.zones import local

TOKEN, NUMBER, WEBHOOK, TEMPLATES = (f"whatsapp: {what}" for what in ("token", "nomor", "webhook", "templat"))
NAMED = 3
"""Templates that one line names."""
WORST = "RED"
"""Meta's judgement after which it lets a number write to fewer people, or to nobody."""
_NEW_TOKEN = "Buat token tetap untuk system user di Meta Business (docs/whatsapp.md), isi WHATSAPP_TOKEN di .env."
_ENTER = (
    "Di aplikasi Meta, WhatsApp > Configuration: isi Callback URL https://ALAMAT/whatsapp dan Verify token yang sama "
    "dengan WHATSAPP_VERIFY_TOKEN, lalu langgani messages dan message_template_status_update."
)


async def examine_whatsapp(settings: Settings) -> list[Finding]:
    """Every check; where Meta cannot be reached or believes nothing, only that one."""
    assert settings.whatsapp_token is not None  # the settings bring all of them
    assert settings.whatsapp_phone_id is not None
    assert settings.whatsapp_business_id is not None
    ids = settings.whatsapp_phone_id, settings.whatsapp_business_id
    account = Account(settings.whatsapp_token.get_secret_value(), *ids, settings.whatsapp_api_url)
    try:
        return [token(await account.token_state()), *await _of_account(account, *ids)]
    except TryLater as failure:
        return [Finding("whatsapp", False, f"tidak terhubung: {failure}", "Periksa jaringan dan WHATSAPP_API_URL.")]
    except SendError as failure:
        return [Finding(TOKEN, False, f"ditolak Meta: {failure}", _NEW_TOKEN)]
    finally:
        await account.close()


async def _of_account(account: Account, phone_id: str, business_id: str) -> list[Finding]:
    """Raises TryLater and ChannelStopped: nothing else can be asked then."""
    try:
        about = await account.number()
    except (TryLater, ChannelStopped):
        raise
    except SendError:
        return [_unknown(NUMBER, "WHATSAPP_PHONE_ID", phone_id, "Phone number ID, bukan nomornya")]
    try:
        is_subscribed = await account.is_subscribed()
    except (TryLater, ChannelStopped):
        raise
    except SendError:
        wrong = _unknown(WEBHOOK, "WHATSAPP_BUSINESS_ID", business_id, "WhatsApp Business account ID")
        return [number(about), wrong]
    return [
        number(about),
        webhook(about.webhook, is_subscribed=is_subscribed),
        templates(await account.reviews()),
    ]


def token(state: TokenState) -> Finding:
    """Whether the token lasts and may do what is needed."""
    if not state.is_valid:
        return Finding(TOKEN, False, "tidak berlaku lagi", _NEW_TOKEN)
    if missing := sorted(NEEDED_RIGHTS - state.rights):
        return Finding(TOKEN, False, f"tidak berhak {' dan '.join(missing)}", _NEW_TOKEN)
    if state.expires_at is not None:
        until = local(state.expires_at, "Asia/Jakarta")
        return Finding(TOKEN, False, f"hanya berlaku sampai {until:%Y-%m-%d %H.%M} WIB", _NEW_TOKEN)
    return Finding(TOKEN, True, "berlaku tanpa batas waktu")


def number(about: Number) -> Finding:
    """Whether people are content with what the number sends."""
    if about.quality == WORST:
        text = f"{about.shown} dinilai merah oleh Meta: banyak yang memblokir atau melaporkannya"
        return Finding(NUMBER, False, text, "Kirim hanya kepada pegawai yang diundang; nilai pulih dalam 7 hari.")
    return Finding(NUMBER, True, f"{about.shown}, {about.name}")


def webhook(address: str, *, is_subscribed: bool) -> Finding:
    """Whether what people write is posted to us."""
    if not is_subscribed:
        text = "akun belum dihubungkan dengan aplikasi, jadi pesan tidak sampai"
        mend = "Hubungkan aplikasi dengan akun WhatsApp (subscribed_apps), langkah webhook di docs/whatsapp.md."
        return Finding(WEBHOOK, False, text, mend)
    if not address:
        return Finding(WEBHOOK, False, "alamat belum diisi di Meta, jadi pesan tidak sampai", _ENTER)
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.path.endswith("/whatsapp"):
        return Finding(WEBHOOK, False, f"pesan dikirim Meta ke {address}, bukan https://.../whatsapp", _ENTER)
    return Finding(WEBHOOK, True, f"pesan dikirim Meta ke {address}")


def templates(reviews: Sequence[Review]) -> Finding:
    """Whether we can write first."""
    unusable = [one.template.name for one in reviews if not one.is_usable]
    if unusable:
        more = f" dan {len(unusable) - NAMED} lainnya" if len(unusable) > NAMED else ""
        text = f"{len(unusable)} dari {len(reviews)} belum dapat dipakai: {', '.join(unusable[:NAMED])}{more}"
        return Finding(TEMPLATES, False, text, "Lihat apa yang perlu diajukan: renaksi whatsapp templates")
    return Finding(TEMPLATES, True, f"{len(reviews)} disetujui Meta")


def _unknown(check: str, setting: str, value: str, what: str) -> Finding:
    mend = f"Salin {what}, dari aplikasi Meta: WhatsApp > API Setup. Token harus diberi akses ke aset itu."
    return Finding(check, False, f"{setting} {value} tidak dikenal oleh token ini", mend)
