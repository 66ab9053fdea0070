"""What templates and texts escape, and what becomes a link."""

from __future__ import annotations

from ui.page.html import is_web_address, linked


def test_addresses_of_web_pages_become_links_that_leave_the_page() -> None:
    link = '<a href="https://a.com" target="_blank" rel="noopener noreferrer">https://a.com</a>'
    assert linked("https://a.com") == link
    assert "<a" not in linked("javascript:alert(1)")
    assert 'onclick="' not in linked('https://a.com/"onclick="b')
    assert linked("<b>") == "&lt;b&gt;"


def test_only_web_addresses_are_addresses() -> None:
    assert is_web_address("https://a.com/x?y=1")
    assert not is_web_address("javascript:alert(1)")
    assert not is_web_address("https://a.com onclick=b")
