"""Ce que le droit national donne à tous les territoires, chargé d'une même lecture des sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from modele.chargement.mots_du_droit import MotsDuDroit
from modele.dossier.faits import catalogue_derive, charger_faits
from modele.dossier.faits.ensemble import FICHIER as FAITS
from modele.dossier.faits.lecture import FaitsDerives
from modele.dossier.faits_bruts import construire
from modele.dossier.groupes import FICHIER as GROUPES
from modele.dossier.groupes import charger_groupes, exiger_les_groupes
from modele.dossier.nomenclatures import FICHIER as NOMENCLATURES
from modele.dossier.nomenclatures import Nomenclatures, exiger_les_memes_codes, lire_nomenclatures
from modele.lieux.accueil import FICHIER as ACCUEIL
from modele.lieux.accueil import Accueil, lire_accueil
from modele.lieux.lecture import Permis
from modele.orientation.contacts import FICHIER as CONTACTS
from modele.orientation.contacts import Contact, exiger_les_urgences, lire_contacts
from modele.orientation.contacts_locaux import FICHIER as ATTENDUS
from modele.orientation.contacts_locaux import ContactAttendu, lire_contacts_locaux
from modele.regles.faits import Catalogue
from modele.sources import Lecture
from modele.territoire.pays import Pays, charger_pays


@dataclass(frozen=True, eq=False)
class National:
    """Le droit et les numéros de tout le pays.

    ``bruts`` : les faits du dossier et les groupes de codes ; ``derives`` : ceux qui s'en déduisent.
    ``contacts_attendus`` : ceux que chaque territoire doit dire.
    """

    pays: Pays
    nomenclatures: Nomenclatures
    bruts: Catalogue
    derives: FaitsDerives
    contacts: Mapping[str, Contact]
    contacts_attendus: tuple[ContactAttendu, ...] = ()
    langue: MotsDuDroit | None = None
    accueil: Accueil = field(default_factory=Accueil)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Tous les faits nationaux : ceux du dossier et ceux qui s'en déduisent."""
        faits = self.bruts.etendre(catalogue_derive(self.derives).values())
        return faits if self.langue is None else faits.etendre(map(self.langue.fait_dit, faits.values()))

    @property
    def permis(self) -> Permis:
        """Les codes qu'un lieu d'accueil peut employer."""
        langues = self.nomenclatures["langue"].codes
        return Permis(tuple(self.accueil.missions), tuple(self.accueil.besoins), tuple(langues))

    def en(self, langue: MotsDuDroit) -> National:
        """Le même droit, dit dans cette langue."""
        return replace(
            self,
            nomenclatures=langue.nomenclatures_dites(self.nomenclatures),
            contacts=langue.contacts_dits(self.contacts),
            contacts_attendus=tuple(map(langue.attendu_dit, self.contacts_attendus)),
            langue=langue,
        )


def charger_national(lecture: Lecture) -> National:
    """Le droit national de ces sources. Lève ``FichierFautif`` si un fichier livré est fautif."""
    pays = charger_pays(lecture)
    nomenclatures = lecture.servir(NOMENCLATURES, lire_nomenclatures, exiger_les_memes_codes)
    groupes = lecture.servir(GROUPES, lambda fichier: charger_groupes(fichier, nomenclatures), exiger_les_groupes)
    bruts = construire(nomenclatures, groupes)
    contacts = lecture.servir(CONTACTS, lire_contacts, exiger_les_urgences)
    return National(
        pays=pays,
        nomenclatures=nomenclatures,
        bruts=bruts,
        derives=lecture.servir(FAITS, lambda fichier: charger_faits(fichier, bruts, pays.parametres)),
        contacts=contacts,
        contacts_attendus=lecture.servir(ATTENDUS, lambda fichier: lire_contacts_locaux(fichier, contacts)),
        accueil=lecture.servir(ACCUEIL, lire_accueil),
    )
