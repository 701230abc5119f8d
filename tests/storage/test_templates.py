"""What a channel last said of a template, one row each."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from storage.engine import reading, writing
from storage.templates import TemplateStatus, note_status, status_of

NOW = datetime(2022, 4, 4, 1, tzinfo=UTC)


def test_nothing_is_known_of_a_template_that_was_never_heard_of(engine: Engine) -> None:
    with reading(engine) as connection:
        assert status_of(connection, "whatsapp", "renaksi_note") is None


def test_the_newest_word_counts_and_others_keep_theirs(engine: Engine) -> None:
    later = NOW + timedelta(hours=3)
    with writing(engine) as connection:
        note_status(connection, "whatsapp", "renaksi_note", "paused", NOW)
        note_status(connection, "whatsapp", "renaksi_reminder", "missing", NOW)
        note_status(connection, "another", "renaksi_note", "rejected", NOW)
        note_status(connection, "whatsapp", "renaksi_note", "approved", later)
    with reading(engine) as connection:
        assert status_of(connection, "whatsapp", "renaksi_note") == TemplateStatus("approved", later)
        assert status_of(connection, "whatsapp", "renaksi_reminder") == TemplateStatus("missing", NOW)
        assert status_of(connection, "another", "renaksi_note") == TemplateStatus("rejected", NOW)
