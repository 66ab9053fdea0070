"""The page's frame, without a browser."""

from __future__ import annotations

from index.store.records import Records
from ui.page.frame import head, header_html


def test_header_says_what_the_index_holds(seed_records: Records) -> None:
    html = header_html(seed_records)
    assert f"{seed_records.count()} <span" in html
    assert "信息截至2025年12月" in html


def test_header_names_every_view(seed_records: Records) -> None:
    html = header_html(seed_records)
    for key in ("chat", "browse", "pictures", "rules", "compare", "data"):
        assert f'href="#/{key}"' in html


def test_english_texts_cannot_end_the_script() -> None:
    assert head().count("</script>") == 1
