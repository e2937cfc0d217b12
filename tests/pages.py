"""What a page holds, read as a browser reads it: its forms, their fields, what names and describes each."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

#: What nobody types in.
_SILENT: Final = frozenset({"hidden", "submit", "button", "image", "reset"})


@dataclass
class Champ:
    """A field of a form: its tag, its attributes, and what it holds."""

    tag: str
    attributes: dict[str, str]
    value: str = ""

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        """« text », « checkbox », « hidden », « select »…"""
        return self.attributes.get("type", "text") if self.tag == "input" else self.tag

    @property
    def is_typed(self) -> bool:
        """Whether a person answers in it; what is out of reach of everybody is a trap for robots."""
        return bool(self.name) and self.kind not in _SILENT and self.attributes.get("tabindex") != "-1"

    @property
    def is_button(self) -> bool:
        return self.tag == "button" or self.kind in {"submit", "image"}


@dataclass
class Formulaire:
    """A form of a page, with the fields inside it and those that name it."""

    attributes: dict[str, str]
    champs: list[Champ] = field(default_factory=list)

    @property
    def posts(self) -> bool:
        return self.attributes.get("method", "get").lower() == "post"

    @property
    def typed(self) -> list[Champ]:
        return [champ for champ in self.champs if champ.is_typed]


class Page(HTMLParser):
    """A page: its title, its forms, every id, and the attributes of every tag."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.forms: list[Formulaire] = []
        #: the words that name a field, by its id
        self.labels: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.ids: dict[str, dict[str, str]] = {}
        self._open: list[Formulaire] = []
        self._in_title = self._templates = 0
        self._text: Champ | None = None
        self._label = ""
        self._named: list[tuple[str, Champ]] = []
        self.feed(text)
        for name, champ in self._named:
            for form in self.forms:
                if form.attributes.get("id") == name:
                    form.champs.append(champ)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._templates += tag == "template"
        if self._templates:
            return
        self.tags.append((tag, told))
        if "id" in told:
            self.ids[told["id"]] = told
        if tag == "title":
            self._in_title += not self.title
        elif tag == "label":
            self._label = told.get("for", "")
        elif tag == "form":
            self._open.append(Formulaire(told))
            self.forms.append(self._open[-1])
        elif tag in {"input", "select", "textarea", "button"}:
            champ = Champ(tag, told, told.get("value", ""))
            self._text = champ if tag == "textarea" else self._text
            if "form" in told:
                self._named.append((told["form"], champ))
            elif self._open:
                self._open[-1].champs.append(champ)

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"
        if tag == "title":
            self._in_title = 0
        elif tag == "form" and self._open:
            self._open.pop()
        elif tag == "textarea":
            self._text = None
        elif tag == "label":
            self._label = ""

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        if self._label:
            self.labels[self._label] = self.labels.get(self._label, "") + data
        if self._text is not None:
            self._text.value += data
