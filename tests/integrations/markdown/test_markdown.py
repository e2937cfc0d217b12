"""A document of ours as a page: nothing of it is taken for HTML, and what it names can be reached."""

from __future__ import annotations

from accroche.integrations.markdown import render

TEXT = """# Le titre

Voir [la suite](suite.md), [dehors](../autre.md) et `du code` : **voilà** !

## Une partie : la première

| quoi | combien |
|---|---|
| fiches | 3 |

<script>alert(1)</script> [piège](javascript:alert(1))

## Une partie : la première

    du code
"""


def test_a_document_is_a_title_a_body_and_parts() -> None:
    found = render(TEXT, lambda told: "/suite/" if told == "suite.md" else "")
    assert found.title == "Le titre"
    assert "<h1" not in found.html
    assert [(one.level, one.anchor) for one in found.parties] == [
        (1, ""),
        (2, "une-partie-la-premiere"),
        (2, "une-partie-la-premiere-2"),
    ]
    assert found.parties[0].text == "Voir la suite, dehors et du code\u00a0: voilà\u00a0!"
    assert found.parties[1].text.startswith("quoi combien fiches 3")
    assert '<h2 id="une-partie-la-premiere-2">Une partie\u00a0: la première</h2>' in found.html
    assert '<th scope="col">quoi</th>' in found.html


def test_links_lead_where_they_are_told_or_are_words() -> None:
    html = render(TEXT, lambda told: "/suite/" if told == "suite.md" else "").html
    assert '<a href="/suite/">la suite</a>, dehors et' in html
    assert html.count("<a ") == 1
    assert "javascript:" not in html.replace("(javascript:alert(1))", "")
    assert "<script" not in html
