"""Les contingents du territoire d'exemple : ce qui est public, une saisie, une refusée, un passage en flux."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from modele.contingents.passages import Passage, Reserve
from modele.droits import Auteur
from ui.composants import viser
from ui.ecrans.contingents.ecran import EcranContingents
from ui.ecrans.flux.ecran import EcranFlux
from ui.ecrans.passage_flux.ecran import EcranPassageFlux
from ui.theatre.fichiers_fictifs import attributions_fictives, logements_fictifs
from ui.theatre.scenes_candidats import scenes_des_candidats
from ui.theatre.scenes_conference import scenes_de_la_conference
from ui.theatre.scenes_residences import scenes_des_residences
from ui.theatre.scenes_seance import scenes_de_la_seance

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.coffre import Coffre
    from modele.contingents.conventions import ConventionTenue
    from ui.theatre.joueur import Joueur

_BAILLEUR: Final = "Habitat Colombe (bailleur fictif)"


def scenes_des_contingents(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """L'année, la saisie et son refus, puis les communes."""
    joueur.aller("contingents")
    yield "contingents", joueur.fenetre
    joueur.presser("Compléter")
    yield "contingents-saisie", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranContingents)
    regles = joueur.session.regles
    assert regles is not None
    publiques = [une.convention for une in regles.territoire.conventions.a_completer(ecran.annee, ())]
    joueur.session.avec_coffre(lambda coffre: _saisir(coffre, publiques), lambda _: None, pour=joueur.session)
    joueur.attendre()
    ecran.formulaire.taux.poser(Decimal(90))
    joueur.presser("Enregistrer")
    yield "contingents-refus", joueur.fenetre
    joueur.presser("Annuler")
    joueur.aller("contingents")
    yield "contingents-alerte", joueur.fenetre
    yield from _prevoir(joueur)
    joueur.aller("passage_flux")
    yield "passage-flux", joueur.fenetre
    ecran_ = joueur.ecran
    assert isinstance(ecran_, EcranPassageFlux)
    ecran_.formulaire.inventaire.reference.poser("HC-0412")
    joueur.presser("Ajouter ce logement")
    yield "passage-flux-saisie", joueur.fenetre
    yield from scenes_du_flux(joueur)
    yield from scenes_de_la_conference(joueur)
    yield from scenes_des_candidats(joueur)
    yield from scenes_de_la_seance(joueur)
    yield from scenes_des_residences(joueur)


def _prevoir(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """La prévision du bailleur : sa saisie, puis son assiette et sa formule."""
    ecran = joueur.ecran
    assert isinstance(ecran, EcranContingents)
    ecran.liste.setCurrentRow(next((rang for rang, (une, _) in enumerate(ecran.lignes) if une.siren and une.id), 0))
    joueur.presser("Saisir une prévision")
    ecran.saisie_prevision.remises.poser(320)
    ecran.saisie_prevision.hors_flux["MUTATION"].poser(48)
    yield "contingents-prevision-saisie", joueur.fenetre
    joueur.presser("Enregistrer")
    viser(ecran.previsions.liste)
    joueur.attendre()
    yield "contingents-prevision", joueur.fenetre


def scenes_du_flux(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Aucun fichier, l'essai à blanc d'un fichier, puis l'état de l'année et un logement."""
    joueur.aller("flux")
    yield "flux-vide", joueur.fenetre
    ecran, jour = joueur.ecran, date.today()
    assert isinstance(ecran, EcranFlux)
    _essayer(joueur, ecran, "attributions", attributions_fictives(jour).replace(b";ACCEPTEE;", b";PEUT-ETRE;", 2))
    yield "flux-essai", joueur.fenetre
    fichier = attributions_fictives(jour).replace(b"id_attribution;", b"numero;", 1)
    _essayer(joueur, ecran, "attributions", fichier.replace(b";date_caleol;", b";commission;", 1))
    yield "flux-colonnes", joueur.fenetre
    ecran.importation.oublier()
    garder(joueur)
    joueur.presser("Établir l'état")
    yield "flux-etat", joueur.fenetre
    viser(ecran.bilan.imprimer)
    joueur.attendre()
    yield "flux-bilan", joueur.fenetre
    viser(ecran.logements.liste)
    joueur.attendre()
    yield "flux-logement", joueur.fenetre


def garder(joueur: Joueur) -> None:
    """Importe deux fichiers fictifs, comme on le fait à l'écran."""
    ecran, jour = joueur.ecran, date.today()
    assert isinstance(ecran, EcranFlux)
    for sorte, octets in (("attributions", attributions_fictives(jour)), ("logements", logements_fictifs(jour))):
        _essayer(joueur, ecran, sorte, octets)
        ecran.importation.ecrire.click()
        joueur.attendre()


def _essayer(joueur: Joueur, ecran: EcranFlux, sorte: str, octets: bytes) -> None:
    with tempfile.TemporaryDirectory() as ici:
        chemin = Path(ici) / f"{sorte}.csv"
        chemin.write_bytes(octets)
        ecran.importation.sorte.poser(sorte)
        ecran.importation.essayer(chemin)
        joueur.attendre()


def _saisir(coffre: Coffre, publiques: list[ConventionTenue]) -> None:
    """Les conventions d'Habitat Colombe, dont les collectivités dépassent leur plafond ; une commune bien avancée."""
    auteur, jour = Auteur(coffre.agent), date.today()
    for une in publiques:
        if une.bailleur == _BAILLEUR and une.reservataire != "Métropole d'exemple":
            taux = Decimal(21) if une.sorte == "communes" else une.taux
            coffre.contingents.garder_convention(replace(une, taux=taux, source="exemple fictif"), auteur)
    droits = [Reserve(f"HC-{rang:04}", "garantie_emprunt", jour + timedelta(days=80 * rang)) for rang in range(2, 30)]
    passage = Passage(
        "99X01",
        _BAILLEUR,
        siren="000000001",
        patrimoine=240,
        patrimoine_au=jour.replace(month=1, day=1),
        sans_droit=False,
        inventaire=tuple(droits),
        inventaire_le=jour - timedelta(days=200),
        conseil_le=jour - timedelta(days=120),
        qui={"inventaire": "le service habitat", "conseil": "la mairie", "convention": "la mairie et le bailleur"},
    )
    coffre.contingents.garder_passage(passage, auteur)
