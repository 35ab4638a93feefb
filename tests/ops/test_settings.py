"""Settings: defaults, what is read, and the sentence for what can't be."""

import io

import pytest

from seatledger.ops.mail_server import read_mail_url
from seatledger.ops.settings import SettingError, Settings, all_settings


def test_nothing_set_gives_the_defaults() -> None:
    settings = Settings.read({})
    assert settings == Settings()
    assert settings.queue_max == 2000
    assert settings.batch_max == 32
    assert settings.body_bytes_max == 1_000_000
    assert settings.sqlbi_rate_per_minute == 25
    assert settings.sweep_seconds == 30
    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("seatledger.db")


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATLEDGER_QUEUE_MAX", "7")
    assert Settings.read().queue_max == 7


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_variable_counts_as_not_set(blank: str) -> None:
    assert Settings.read({"SEATLEDGER_BATCH_MAX": blank}) == Settings()


def test_variables_of_others_are_left_alone() -> None:
    assert Settings.read({"SEATLEDGER_SERVICE_HOST": "10.0.0.1", "PATH": "/bin"}) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("SEATLEDGER_DATABASE_URL", "sqlite:///a.db", "database_url", "sqlite:///a.db"),
        ("SEATLEDGER_DATABASE_URL", "postgresql://u@h/d", "database_url", "postgresql://u@h/d"),
        ("SEATLEDGER_LOG_FORMAT", "JSON", "log_format", "json"),
        ("SEATLEDGER_LOG_LEVEL", "Warning", "log_level", "warning"),
        ("SEATLEDGER_BODY_BYTES_MAX", " 5000 ", "body_bytes_max", 5000),
        ("SEATLEDGER_QUEUE_MAX", "1", "queue_max", 1),
        ("SEATLEDGER_BATCH_MAX", "1000", "batch_max", 1000),
        ("SEATLEDGER_SQLBI_RATE_PER_MINUTE", "0", "sqlbi_rate_per_minute", 0),
        ("SEATLEDGER_WEBHOOK_PRIVATE", "lms, ::1", "webhook_private", "lms, ::1"),
        ("SEATLEDGER_SWEEP_SECONDS", "5", "sweep_seconds", 5),
        ("SEATLEDGER_MAIL_URL", "keep:", "mail_url", "keep:"),
        ("SEATLEDGER_MAIL_URL", "smtp://[::1]:2525", "mail_url", "smtp://[::1]:2525"),
        ("SEATLEDGER_MAIL_FROM", "Acme <a@acme.example>", "mail_from", "Acme <a@acme.example>"),
    ],
)
def test_a_value_is_read_from_its_variable(name: str, text: str, field: str, value: object) -> None:
    settings = Settings.read({name: text})
    assert getattr(settings, field) == value


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        (
            "SEATLEDGER_DATABASE_URL",
            "mysql://root:hush@h/d",
            "sqlite:///path/to/file or postgresql",
        ),
        ("SEATLEDGER_DATABASE_URL", "sqlite:///", "sqlite:///path/to/file or postgresql"),
        ("SEATLEDGER_LOG_FORMAT", "hush", "one of json, text"),
        ("SEATLEDGER_LOG_LEVEL", "hush", "one of debug, info, warning, error"),
        ("SEATLEDGER_BODY_BYTES_MAX", "999", "a whole number from 1000 to 1000000000"),
        ("SEATLEDGER_QUEUE_MAX", "0", "a whole number from 1 to 1000000"),
        ("SEATLEDGER_QUEUE_MAX", "hush", "a whole number from 1 to 1000000"),
        ("SEATLEDGER_QUEUE_MAX", "1.5", "a whole number from 1 to 1000000"),
        ("SEATLEDGER_QUEUE_MAX", "٣", "a whole number from 1 to 1000000"),
        ("SEATLEDGER_BATCH_MAX", "1001", "a whole number from 1 to 1000"),
        ("SEATLEDGER_SQLBI_RATE_PER_MINUTE", "-1", "a whole number from 0 to 1000000"),
        ("SEATLEDGER_SWEEP_SECONDS", "9" * 5000, "a whole number from 1 to 86400"),
        ("SEATLEDGER_MAIL_URL", "http://u:hush@h", "keep:, smtp://host:port"),
        ("SEATLEDGER_MAIL_URL", "smtp://u:hush@h:99999", "keep:, smtp://host:port"),
        ("SEATLEDGER_MAIL_URL", "smtp://:hush@h", "keep:, smtp://host:port"),
        ("SEATLEDGER_MAIL_URL", "smtp://u:hush@", "keep:, smtp://host:port"),
        ("SEATLEDGER_MAIL_URL", "smtp://u:hush%0A@h", "keep:, smtp://host:port"),
        ("SEATLEDGER_MAIL_URL", "smtp://[hush", "keep:, smtp://host:port"),
        ("SEATLEDGER_MAIL_FROM", "hush", "address@example.com"),
        ("SEATLEDGER_MAIL_FROM", "hush <a@b>\r\nBcc: c@d", "address@example.com"),
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_variable_and_not_repeated(
    name: str, text: str, wanted: str
) -> None:
    with pytest.raises(SettingError) as refused:
        Settings.read({name: text})
    assert str(refused.value).startswith(f"{name} must be {wanted}")
    assert "hush" not in str(refused.value)


def test_the_password_of_mail_is_not_shown() -> None:
    settings = Settings.read({"SEATLEDGER_MAIL_URL": "smtps://post:hush@mail.example"})
    assert "hush" in settings.mail_url
    assert "hush" not in repr(settings)
    assert "hush" not in repr(read_mail_url(settings.mail_url))


@pytest.mark.parametrize(("terminal", "format_"), [(True, "text"), (False, "json")])
def test_people_get_text_and_machines_get_json(
    terminal: bool, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    monkeypatch.setattr("sys.stderr", stream)
    assert Settings.read({}).log_format == format_


def test_every_setting_says_what_it_means() -> None:
    listed = all_settings()
    assert [setting.name for setting in listed] == [
        "SEATLEDGER_DATABASE_URL",
        "SEATLEDGER_LOG_FORMAT",
        "SEATLEDGER_LOG_LEVEL",
        "SEATLEDGER_BODY_BYTES_MAX",
        "SEATLEDGER_IMPORT_BYTES_MAX",
        "SEATLEDGER_QUEUE_MAX",
        "SEATLEDGER_PATIENCE_SECONDS",
        "SEATLEDGER_BATCH_MAX",
        "SEATLEDGER_SQLBI_RATE_PER_MINUTE",
        "SEATLEDGER_NATIVE_RATE_PER_MINUTE",
        "SEATLEDGER_LINK_RATE_PER_MINUTE",
        "SEATLEDGER_ISSUER",
        "SEATLEDGER_WORKER",
        "SEATLEDGER_EXPIRY_NOTICE_DAYS",
        "SEATLEDGER_REMINDER_DAYS",
        "SEATLEDGER_INVITATION_REMINDER_DAYS",
        "SEATLEDGER_SWEEP_SECONDS",
        "SEATLEDGER_MAIL_URL",
        "SEATLEDGER_MAIL_FROM",
        "SEATLEDGER_WEBHOOK_PRIVATE",
    ]
    assert all(setting.meaning.endswith(".") and setting.default for setting in listed)
