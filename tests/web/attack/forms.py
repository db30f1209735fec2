"""What a form would send, read from its page: an attacker posts a real form to an address that is not its own."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Fields of every form of a page that posts, with the values they show."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._select, self._area, self._inside = "", "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a form or a field."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("method", "").lower() == "post"
            self.forms += [{}] if self._inside else []
        name = said.get("name", "")
        if not self._inside or not self.forms:
            return
        fields = self.forms[-1]
        if tag == "input" and name:
            kind = said.get("type", "text")
            if kind in ("radio", "checkbox"):
                if "checked" in said or (kind == "radio" and name not in fields):
                    fields[name] = said.get("value", "on")
            elif kind not in ("submit", "file"):
                fields[name] = said.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in said or self._select not in fields):
            fields[self._select] = said.get("value", "")
        elif tag == "textarea":
            self._area, fields[name] = name, ""

    def handle_data(self, data: str) -> None:
        """The text of a field."""
        if self._area:
            self.forms[-1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Closes a form or a field."""
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def fields_of(html: str) -> dict[str, str]:
    """The fields of the form of a page that has most of them; none without a form."""
    found = _Forms()
    found.feed(html)
    best = max(found.forms, key=len, default={})
    return {name: value for name, value in best.items() if name not in ("csrfmiddlewaretoken", "acting_for")}
