"""Les scènes de « Saisir la commission » : le brouillon, le DAHO qui se dit d'abord, le formulaire chargé, relié."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from modele.dossier.documents import identifiant
from modele.orientation.formulaires import NATURE, PDF, TABLE, CaseDuPdf, TableDeCases, ecrire_table, empreinte
from modele.protection.discretion import rendre_discret
from modele.regles.provenance import Provenance
from ui.theatre.formulaire_fictif import NUMERO, pdf_fictif

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.coffre import Coffre
    from ui.theatre.joueur import Joueur

_CASES = (
    CaseDuPdf("Nom de naissance", ("demandeur.nom",)),
    CaseDuPdf("Prénoms", ("demandeur.prenoms",)),
    CaseDuPdf("naissance", ("demandeur.date_naissance",), chiffres=True),
    CaseDuPdf("sans logement", motif="dalo-2"),
)


def scenes_saisine(joueur: Joueur, document: dict[str, Any]) -> Iterator[tuple[str, QWidget]]:
    """Un dossier ordinaire sans formulaire, puis avec ; le même, discret. Tout est fictif, le formulaire aussi."""
    _ouvrir(joueur, document)
    joueur.aller("saisine")
    joueur.attendre()
    yield "saisine-brouillon", joueur.fenetre
    joueur.aller("saisine", recours="daho")
    joueur.attendre()
    yield "saisine-daho", joueur.fenetre
    charger(joueur)
    joueur.aller("saisine", recours="dalo")
    joueur.attendre()
    yield "saisine-formulaire", joueur.fenetre
    joueur.aller("relier", recours="dalo")
    joueur.attendre()
    yield "saisine-relier", joueur.fenetre
    _ouvrir(joueur, rendre_discret(document))
    joueur.aller("saisine", recours="dalo")
    joueur.attendre()
    yield "saisine-discret", joueur.fenetre


def charger(joueur: Joueur) -> None:
    """Range le formulaire fictif dans le coffre, quelques cases reliées."""
    session, octets = joueur.session, pdf_fictif()
    lu = Provenance(source="Formulaire fictif", verifie_le=date.today())
    table = ecrire_table(TableDeCases(NUMERO, empreinte(octets), _CASES, lu))

    def ranger(coffre: Coffre) -> None:
        coffre.modifier_fichier(NATURE, "dalo", PDF, octets, session.auteur)
        coffre.modifier_fichier(NATURE, "dalo", TABLE, table, session.auteur)

    session.avec_coffre(ranger, lambda _: session.relire_les_sources(), pour=session)
    joueur.attendre()


def _ouvrir(joueur: Joueur, document: dict[str, Any]) -> None:
    joueur.session.creer_dossier({**document, "id": identifiant()}, lambda _: None)
    joueur.attendre()
