"""La formation : choisir un cas, mener l'entretien joué, cocher, écrire, lire pourquoi. Personnes inventées."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ui.ecrans.formation.ecran import EcranFormation
from ui.ecrans.formation.editeur import PageEditeur
from ui.ecrans.formation.entretien import PageEntretien
from ui.ecrans.formation.etape import PageEtape
from ui.ecrans.formation.seance import PageSeance

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur

TITRE: Final = "« C'est pour changer d'adresse », et sa belle-sœur répond à sa place"


def scenes_de_la_formation(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Un cas, joué avec des oublis : ce qui est dangereux, ce qui se discute, ce qui est juste."""
    joueur.aller("formation")
    yield "formation", joueur.fenetre
    joueur.presser(TITRE)
    yield "formation-scene", joueur.fenetre
    joueur.ecrire("Avez-vous peur de quelqu'un ?")
    joueur.presser("Recevoir seul à seul")
    joueur.ecrire("Ici, vous pouvez parler : de qui avez-vous peur ?")
    joueur.ecrire("Quelle heure est-il ?")
    entretien = page(joueur)
    assert isinstance(entretien, PageEntretien)
    joueur.presser("Voir des questions")
    yield "formation-entretien", joueur.fenetre
    joueur.presser("Dans les vrais écrans")
    yield "formation-vrais-ecrans", _exercice(joueur)
    _exercice(joueur).close()
    joueur.attendre()
    joueur.presser("J'en sais assez")
    yield "formation-gestes", joueur.fenetre
    etape = page(joueur)
    assert isinstance(etape, PageEtape)
    assert etape.choix is not None
    etape.choix.poser(["danger-17", "dossier-discret", "appeler-le-mari"])
    joueur.presser("Continuer")
    joueur.presser("Continuer")
    libre = page(joueur)
    assert isinstance(libre, PageEtape)
    assert libre.texte is not None
    libre.texte.setPlainText("Non, vous n'avez rien à prouver. C'est vous qui décidez.")
    yield "formation-libre", joueur.fenetre
    joueur.presser("Continuer")
    joueur.attendre()
    yield "formation-resultat", joueur.fenetre
    yield from _former(joueur)


def _former(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Préparer une séance, écrire un cas : ses fautes se disent, il s'essaie."""
    joueur.aller("formation")
    joueur.presser("Former : feuilles et cas")
    seance = page(joueur)
    assert isinstance(seance, PageSeance)
    yield "formation-former", joueur.fenetre
    seance.liste.prendre()
    joueur.attendre()
    yield "formation-feuilles", joueur.fenetre
    joueur.presser("Écrire un cas d'après celui-ci")
    editeur = page(joueur)
    assert isinstance(editeur, PageEditeur)
    joueur.attendre()
    yield "formation-ecrire", joueur.fenetre
    editeur.zone.setPlainText(editeur.ecrit.replace('sorte = "ouverte"', 'sorte = "ouvert"', 1))
    editeur.verifier()
    joueur.attendre()
    yield "formation-ecrire-fautes", joueur.fenetre
    joueur.presser("Garder pour plus tard")


def _exercice(joueur: Joueur) -> QWidget:
    fenetre = joueur.poste.exercice.fenetre
    assert fenetre is not None
    return fenetre


def page(joueur: Joueur) -> object:
    """La page que montre l'écran."""
    ecran = joueur.ecran
    assert isinstance(ecran, EcranFormation)
    return ecran.page
