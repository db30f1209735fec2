"""Sources and networks as an import meets them: found by their code, made when they are new."""

import re
from datetime import date

from ensemblier.directory.core.exchange.di_codes import NETWORKS as DI_NETWORKS
from ensemblier.directory.core.exchange.records import SourceInfo
from ensemblier.directory.core.exchange.text import key_of
from ensemblier.directory.core.states import Circle
from ensemblier.directory.models import Network, NetworkName, Source

NATIONAL_SOURCE = SourceInfo("structures-nationales", "Structures nationales")


class Sources:
    """Sources of a run, by code and by number, and the networks; `on` is the day of the import."""

    def __init__(self, main: SourceInfo, *, on: date, fictitious: bool = False) -> None:
        self.on = on
        self._fictitious = fictitious or main.is_fictitious
        self.by_id: dict[int, Source] = {}
        self._by_code: dict[str, Source] = {}
        self._networks: dict[str, str] = {}
        for code, other in Network.objects.order_by("code").values_list("code", "data_inclusion_code"):
            if other:
                self._networks.setdefault(other, code)
            self._networks[code] = code
        self.main = self._source(main)
        self.national_id = self._source(NATIONAL_SOURCE).pk

    def _source(self, info: SourceInfo) -> Source:
        # What is fictitious never shares a source, hence an identifier, with what is real.
        code = f"{info.code}-fictif" if self._fictitious and not info.is_fictitious else info.code
        if code not in self._by_code:
            source, _is_new = Source.objects.get_or_create(
                code=code,
                defaults={
                    "name": info.name,
                    "publisher": info.publisher,
                    "licence": info.licence,
                    "url": info.url,
                    "mention": info.mention,
                    "is_fictitious": self._fictitious,
                },
            )
            self._by_code[code] = source
            self.by_id[source.pk] = source
        return self._by_code[code]

    def of_row(self, name: str) -> Source:
        """The producer that a row names ("dora"); the file's own source when it names none."""
        code = re.sub(r"[^a-z0-9]+", "-", key_of(name)).strip("-")[:70]
        if not code or code == self.main.code:
            return self.main
        return self._source(SourceInfo(code, f"{name} (data·inclusion)", name, "Licence Ouverte 2.0"))

    def network(self, code: str) -> str:
        """Our network code for that of the file; a network met for the first time is added, outside the circles."""
        slug = re.sub(r"[^a-z0-9]+", "-", key_of(code)).strip("-")[:60]
        if slug and slug not in self._networks:
            in_schema = slug in DI_NETWORKS
            network, is_new = Network.objects.get_or_create(
                code=slug,
                defaults={
                    "circle": Circle.OTHER.value,
                    "is_cep_only": not in_schema,
                    "data_inclusion_code": slug if in_schema else "",
                },
            )
            if is_new:
                NetworkName.objects.create(network=network, name=code.replace("-", " ").capitalize())
            self._networks[slug] = network.code
        return self._networks.get(slug, "")
