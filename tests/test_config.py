"""Settings: sources and their order, mistakes and what is said of them, resources."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rostra.config import (
    Settings,
    SettingsError,
    environ_name,
    link_key,
    load,
    names,
    record_key,
    resource_dir,
    shipped_settings,
    web_settings,
)
from rostra.record.proof import RecordKey


def written(folder: Path, text: str) -> Path:
    """A settings file of that text."""
    file = folder / "mine.toml"
    file.write_text(text)
    return file


def test_the_shipped_file_says_what_the_program_would_do_without_it() -> None:
    assert load(environ={}) == Settings()


def test_the_shipped_file_has_every_setting_and_a_reason_before_each_group() -> None:
    text = shipped_settings().read_text()
    data: dict[str, Any] = tomllib.loads(text)
    for path in names():
        inner = data
        for part in path:
            assert part in inner, f"{'.'.join(path)} is missing"
            inner = inner[part]
    blocks = [block for block in text.split("\n\n") if "=" in block]
    assert all(block.lstrip().startswith(("#", "[")) for block in blocks)


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, 'port = 1000\nhost = "::1"\nbase = "http://file"')
    environ = {"ROSTRA_PORT": "2000", "ROSTRA_HOST": "127.0.0.2"}
    settings = load(file, environ, {"port": 3000, "host": None})
    assert (settings.port, settings.host, settings.base) == (
        3000,
        "127.0.0.2",
        "http://file",
    )


def test_rostra_config_names_another_file(tmp_path: Path) -> None:
    file = written(tmp_path, "port = 1234")
    assert load(environ={"ROSTRA_CONFIG": str(file)}).port == 1234


def test_names_in_tables_are_joined_by_two_underscores() -> None:
    environ = {
        "ROSTRA_LOG__LEVEL": "debug",
        "ROSTRA_RATES__DELEGATE__BURST": "7",
        "ROSTRA_LIMITS__BEAT_S": "2.5",
        "ROSTRA_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
        "ROSTRA_TRUSTED_TYPES": "false",
    }
    settings = load(environ=environ)
    assert settings.log.level == "debug"
    assert settings.rates.delegate.burst == 7
    assert settings.limits.beat_s == 2.5
    assert settings.trusted_proxies == ("10.0.0.0/8", "::1")
    assert settings.trusted_types is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 1", "there is no setting prot; did you mean port?"),
        ("[log]\nlevle = 1", "there is no setting log.levle; did you mean log.level?"),
        ("[limits.rates]\nx = 1", "there is no setting limits.rates"),
        ("port = 99999", "port"),
        ("port = ", "is not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_the_file(
    tmp_path: Path, text: str, said: str
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load(file, {})
    assert said in str(caught.value)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ROSTRA_PROT", "1", "no setting ROSTRA_PROT; did you mean ROSTRA_PORT?"),
        ("ROSTRA_LOG_LEVEL", "info", "did you mean ROSTRA_LOG__LEVEL?"),
        ("ROSTRA_PORT", "high", "ROSTRA_PORT"),
        ("ROSTRA_LOG__LEVEL", "loud", "ROSTRA_LOG__LEVEL"),
    ],
)
def test_a_mistake_in_the_environment_is_named(
    name: str, value: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        load(environ={name: value})


def test_names_that_tests_and_resources_use_are_no_mistakes() -> None:
    environ = {"ROSTRA_CHROMIUM": "x", "ROSTRA_TEST_SEED": "1", "ROSTRA_STATIC_DIR": ""}
    assert load(environ=environ) == Settings()


def test_every_setting_has_an_environment_name_of_its_own() -> None:
    spelled = [environ_name(path) for path in names()]
    assert len(set(spelled)) == len(spelled) > 30


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        load(tmp_path / "none.toml", {})


def test_the_link_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data=str(tmp_path / "data"))
    key = link_key(settings)
    assert len(key) == 64
    assert link_key(settings) == key
    assert (tmp_path / "data/link.key").stat().st_mode & 0o777 == 0o600


def test_the_record_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data=str(tmp_path / "data"))
    made = record_key(settings)
    assert record_key(settings).public == made.public
    assert (tmp_path / "data/record.key").stat().st_mode & 0o777 == 0o600
    assert made.public not in (tmp_path / "data/record.key").read_text()
    assert record_key(Settings(data=str(tmp_path / "other"))).public != made.public


def test_servers_of_one_journal_must_share_the_link_key_and_so_the_record_key(
    tmp_path: Path,
) -> None:
    journal = "redis://127.0.0.1"
    with pytest.raises(SettingsError, match="must have the same link key"):
        link_key(Settings(journal=journal))
    file = tmp_path / "link.key"
    file.write_text("k" * 32)
    one, other = (
        record_key(Settings(journal=journal, link_key_file=str(file), data=data))
        for data in ("one", "other")
    )
    assert one.public == other.public


def test_a_named_record_key_is_read_and_must_be_one(tmp_path: Path) -> None:
    file = tmp_path / "record.key"
    settings = Settings(record_key_file=str(file))
    with pytest.raises(SettingsError, match="cannot be read"):
        record_key(settings)
    for text in ("", "secret", "ab" * 31, "ab" * 33, "\xe4"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match="must be 64 hex digits"):
            record_key(settings)
    file.write_text("ab" * 32 + "\n")
    assert record_key(settings).public == RecordKey(b"\xab" * 32).public


def test_a_named_link_key_is_read_and_must_be_long_enough(tmp_path: Path) -> None:
    file = tmp_path / "key"
    environ = {"ROSTRA_LINK_KEY_FILE": str(file)}
    settings = load(environ=environ)
    with pytest.raises(SettingsError, match="cannot be read"):
        link_key(settings)
    file.write_text("short\n")
    with pytest.raises(SettingsError, match="shorter than 32"):
        link_key(settings)
    file.write_text("k" * 32 + "\n")
    assert link_key(settings) == b"k" * 32


def test_resources_lie_in_the_working_tree_or_where_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (resource_dir("config") / "rostra.toml").is_file()
    assert resource_dir("static").parts[-2:] == ("client", "dist")
    monkeypatch.setenv("ROSTRA_TEMPLATES_DIR", str(tmp_path))
    assert resource_dir("templates") == tmp_path


def test_every_role_but_the_moderator_has_the_rate_of_a_delegate() -> None:
    settings = load(environ={"ROSTRA_RATES__DELEGATE__BURST": "9"})
    limits = web_settings(settings, "http://x", ("y:1",)).limits
    assert limits.rate("moderator").burst == 200
    assert limits.rate("rapporteur").burst == limits.rate("delegate").burst == 9
