"""A style sheet without what applies to nothing: what stays stands as it stood."""

from __future__ import annotations

import pytest

from accroche.lib import css


def known(name: str) -> bool:
    return not name.startswith("x")


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (".a{color:red}.x{color:red}", ".a{color:red}"),
        (".a,.x,b{color:red}", ".a,b{color:red}"),
        (".a .x{color:red}.a:hover>b{top:0}", ".a:hover>b{top:0}"),
        # what an element must not bear is not asked for, nor what stands in an attribute
        (".a:not(.x):is(.x,.b){top:0}", ".a:not(.x):is(.x,.b){top:0}"),
        ('[data-a="b,c"] b{top:0}', None),
        ("@media print{.x{top:0}.a{top:0}}@media (hover:hover){.x{top:0}}", "@media print{.a{top:0}}"),
        ("@media print{@supports (top:0){.x{top:0}}}", ""),
        ("@font-face{font-family:x}@keyframes x{0%{top:0}to{top:1px}}", None),
        ("@import url(x.css);.a{top:0}", None),
        # braces and signs in strings and comments are none
        (""".a{content:"}.x{"}.x{content:'\\'}'}.b{top:0}""", '.a{content:"}.x{"}.b{top:0}'),
        ("/* .b{ */.a{top:0}/* } */.x{top:0}", ".a{top:0}"),
        (""".a{background:url("data:image/svg+xml;utf8,<svg id='{'/>")}""", None),
        (".a{}", ""),
        ("", ""),
    ],
)
def test_a_rule_goes_when_no_element_can_bear_what_it_asks(sheet: str, kept: str | None) -> None:
    assert css.trimmed(sheet, known) == (sheet if kept is None else kept)


def test_a_property_of_the_root_goes_when_nothing_reads_it() -> None:
    sheet = (
        ':root{--a:1;--b:var(--c);--c:2;--d:3;--e:url("data:a;b--a");color:red}'
        ":root[data-theme=dark]{--b:4;--d:5}.a{top:var(--b);--own:6}"
        "@media print{:root{--d:7}:root{--f:8}}"
    )
    assert css.with_properties_read(sheet, ["getPropertyValue('--f')"]) == (
        ":root{--b:var(--c);--c:2;color:red}:root[data-theme=dark]{--b:4}.a{top:var(--b);--own:6}"
        "@media print{:root{--f:8}}"
    )
