"""The mails in the data folder: shown to whoever sits at the machine, and to nobody else."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESS = "/en/mail"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MAIL_IS_SHOWN, settings.MAIL_FOLDER = True, tmp_path / "mail"
    settings.ALLOWED_HOSTS = ["*"]
    return tmp_path / "mail"


def send(folder: Path, subject: str, text: str, *more: str) -> None:
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(folder))
    backend.send_messages(
        [EmailMessage(subject, body, "a@example.org", ["b@example.org"]) for body in (text, *more)]
    )


def grow_old(folder: Path) -> None:
    """Make the only mail a minute older, with the last of all names: its age alone says where it stands."""
    (old,) = folder.iterdir()
    moment = old.stat().st_mtime - 60
    os.utime(old.rename(folder / "z.log"), (moment, moment))


def asked(client: Client, *, host: str = "localhost:8000", peer: str = "127.0.0.1", **headers: str) -> Any:
    return client.get(ADDRESS, headers={"Host": host, **headers}, REMOTE_ADDR=peer)


def test_the_newest_mail_comes_first_and_its_links_can_be_followed(client: Client, folder: Path) -> None:
    send(folder, "Первое <b>", "Old.\n\nhttp://localhost:8000/en/join/a-token-of-it", "Sent with it.")
    grow_old(folder)
    send(folder, "A very new one", "عربي " * 60 + "\nhttps://example.org/x?a=1&b=2\n\n<script>alert(1)</script>")
    text = asked(client).content.decode()
    assert text.index("A very new one") < text.index("Sent with it.") < text.index("Old.")
    assert "Первое &lt;b&gt;" in text and "b@example.org" in text and "عربي عربي" in text
    assert '<a href="http://localhost:8000/en/join/a-token-of-it"' in text
    assert '<a href="https://example.org/x?a=1&amp;b=2"' in text and "<script>alert" not in text


def test_it_says_so_when_there_is_none_and_the_foot_of_each_page_leads_there(client: Client, folder: Path) -> None:
    assert "No mail was sent yet." in asked(client).content.decode()
    assert f'href="{ADDRESS}"' in client.get("/en/about", headers={"Host": "localhost"}).content.decode()


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_the_machine_is_known_by_the_names_it_has_for_itself(client: Client, folder: Path, host: str) -> None:
    assert asked(client, host=host).status_code == asked(client, peer="::1").status_code == 200


@pytest.mark.parametrize(
    "told",
    [
        {"host": "example.org"},
        {"host": "localhost.example.org"},
        {"host": "127.0.0.1.example.org"},
        {"host": "10.0.0.5"},
        {"peer": "10.0.0.5"},
        {"peer": "2001:db8::1"},
        {"peer": ""},
        {"peer": "somewhere"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Host": "localhost"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 something"},
        {"X-Real-IP": "127.0.0.1"},
    ],
    ids=str,
)
def test_nobody_reads_them_from_elsewhere(client: Client, folder: Path, told: dict[str, str]) -> None:
    send(folder, "A secret subject", "A secret link.")
    answer = asked(client, **told)
    assert answer.status_code == 404 and "secret" not in answer.content.decode()


def test_where_others_can_ask_or_a_server_sends_them_there_is_no_such_page(
    client: Client, folder: Path, settings: Any
) -> None:
    settings.MAIL_IS_SHOWN = False
    assert asked(client).status_code == 404
    assert ADDRESS not in client.get("/en/about", headers={"Host": "localhost"}).content.decode()
