"""Ce que le droit national donne à tous les territoires, chargé d'une même lecture des sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from modele.chargement.langues import Langue
from modele.dossier.faits import catalogue_derive
from modele.dossier.faits.groupes import FICHIER as GROUPES
from modele.dossier.faits.groupes import Groupes, charger_groupes, exiger_les_groupes
from modele.dossier.faits_bruts import catalogue_brut
from modele.dossier.nomenclatures import FICHIER as NOMENCLATURES
from modele.dossier.nomenclatures import Nomenclatures, exiger_les_memes_codes, lire_nomenclatures
from modele.orientation.contacts import FICHIER as CONTACTS
from modele.orientation.contacts import Contact, exiger_les_urgences, lire_contacts
from modele.regles.faits import Catalogue
from modele.sources import Lecture
from modele.territoire import Pays, charger_pays


@dataclass(frozen=True, eq=False)
class National:
    """Le droit et les numéros de tout le pays."""

    pays: Pays
    nomenclatures: Nomenclatures
    groupes: Groupes
    contacts: Mapping[str, Contact]
    langue: Langue | None = None

    @cached_property
    def catalogue(self) -> Catalogue:
        """Tous les faits nationaux : ceux du dossier et ceux qui s'en déduisent."""
        faits = catalogue_brut().etendre(catalogue_derive().values())
        return faits if self.langue is None else Catalogue(map(self.langue.fait_dit, faits.values()))

    def en(self, langue: Langue) -> National:
        """Le même droit, dit dans cette langue."""
        return replace(self, nomenclatures=langue.nomenclatures_dites(self.nomenclatures), langue=langue)


def charger_national(lecture: Lecture) -> National:
    """Le droit national de ces sources. Lève ``FichierFautif`` si un fichier livré est fautif."""
    return National(
        pays=charger_pays(lecture),
        nomenclatures=lecture.servir(NOMENCLATURES, lire_nomenclatures, exiger_les_memes_codes),
        groupes=lecture.servir(GROUPES, charger_groupes, exiger_les_groupes),
        contacts=lecture.servir(CONTACTS, lire_contacts, exiger_les_urgences),
    )
