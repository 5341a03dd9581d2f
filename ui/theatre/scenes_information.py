"""Ce qui est dû à une personne et ce qui lui a été donné ; une correction urgente, à l'accueil et à son écran."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ui.ecrans.information.ecran import EcranInformation
from ui.ecrans.publications.ecran import EcranPublications

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.coffre import Coffre
    from ui.theatre.joueur import Joueur

PHRASE = "Le délai du congé était faux sur la fiche : six mois au moins, et non trois. Prévenez qui l'a reçue."


def scenes_de_l_information(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Le dossier ouvert reste ouvert jusqu'à l'accueil."""
    joueur.aller("information")
    yield "information-rien", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranInformation)
    ecran.lignes[1].dire.click()
    joueur.attendre()
    _dans_le_coffre(joueur, _remettre(joueur))
    joueur.aller("information")
    yield "information-donnee", joueur.fenetre
    _dans_le_coffre(joueur, _corriger)
    joueur.session.relire_les_sources()
    joueur.aller("publications")
    yield "publications", joueur.fenetre
    joueur.aller("accueil")
    yield "accueil-correction", joueur.fenetre
    joueur.presser("J'ai lu")
    joueur.aller("publications")
    publications = joueur.ecran
    assert isinstance(publications, EcranPublications)
    publications.gestes[0][1].click()
    joueur.attendre()
    yield "publications-lue", joueur.fenetre
    joueur.aller("plan")
    yield "plan", joueur.fenetre


def _remettre(joueur: Joueur) -> object:
    dossier, auteur = joueur.session.dossier_id, joueur.session.auteur

    def faire(coffre: Coffre) -> None:
        coffre.informations.remettre(dossier, ["pieces", "conge"], "ar", auteur)
        coffre.modifier_fichier("fiche", "conge", "fr.md", b"Trois mois avant la date, par lettre.\n", auteur)

    return faire


def _corriger(coffre: Coffre) -> None:
    """Ce qu'un registre publierait : une correction, puis un territoire sans rien d'urgent."""
    from modele.coffre.listes import Publie
    from modele.sources import Urgence, assembler
    from ressources import RESSOURCES

    fiche = RESSOURCES / "fiches" / "conge" / "fr.md"
    urgence = Urgence(1, PHRASE, date(2026, 11, 27), ("conge",), {"fr.md": 1})
    paquets = (
        ("fiche.conge", assembler("fiche", "conge", "2026-11-27", {"fr.md": fiche.read_bytes()}, urgence=urgence)),
        ("langue.en", assembler("langue", "en", "2026-11-20", {"mots.toml": b"format = 1\n"})),
    )
    for nom, octets in paquets:
        coffre.echanges.garder_referentiel(Publie(nom, 3, octets), hashlib.sha256(octets).digest())


def _dans_le_coffre(joueur: Joueur, faire: object) -> None:
    assert callable(faire)
    joueur.session.avec_coffre(faire, lambda _: None, pour=joueur.session)
    joueur.attendre()
