"""Links as evidence: what is taken for one, and under which host it is shown."""

import pytest

from domain.links import LONGEST, BadLink, find_links, host_of, without_links


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://drive.google.com/file/d/1AbC/view?usp=sharing", "drive.google.com"),
        ("HTTP://Drive.Google.COM/x", "drive.google.com"),
        ("https://awan.wanasari.go.id:8443/s/7", "awan.wanasari.go.id:8443"),
        ("http://192.168.1.1/data", "192.168.1.1"),
        ("https://gооgle.com/rapat", "xn--ggle-55da.com"),
        ("https://xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),
        ("https://a.id/@sari", "a.id"),
    ],
)
def test_the_host_is_shown_in_plain_letters(link: str, host: str) -> None:
    assert host_of(link) == host


@pytest.mark.parametrize(
    "link",
    [
        "https://sari:rahasia@drive.google.com/x",
        "https://drive.google.com@jahat.id/x",
        "https://",
        "https:///x",
        "https://a..b/",
        "https://localhost/x",
        "https://[::1]/",
        "https://ada spasi.id/",
        "https://a.id:99999/",
        "https://baik.id\\@jahat.id",
        "https://a.id/\u202egnp.exe",
        "https://a.id/\x00",
        "https://1.2/",
        "ftp://a.id/x",
        "javascript:alert(1)",
        f"https://a.id/{'x' * LONGEST}",
    ],
)
def test_what_could_deceive_is_no_link(link: str) -> None:
    with pytest.raises(BadLink):
        host_of(link)


def test_links_are_found_among_words_each_once() -> None:
    text = "Foto (https://a.id/x?y=1), lihat juga https://b.id/z. Sekali lagi https://a.id/x?y=1"
    assert find_links(text) == ("https://a.id/x?y=1", "https://b.id/z")
    assert without_links("buku https://a.id/x desa") == "buku desa"
    assert find_links("a.id tanpa awalan, http saja") == ()
