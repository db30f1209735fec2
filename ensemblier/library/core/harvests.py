"""What is asked of a repository."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """What is harvested. `since`: an OAI datestamp, "" = everything; `prefix`: "oai_dc", "xml-tei"…"""

    url: str
    prefix: str = "oai_dc"
    set_spec: str = ""
    since: str = ""
