"""La démonstration : un parent et son fils sans toit depuis hier, du premier mot au papier, dans les vrais écrans.

Tout est fictif ; le coffre est temporaire et s'efface à la fin.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from modele.regles.disque import raison
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from ui.theatre.joueur import Joueur

TERRITOIRE: Final = "metropole-exemple"
_TAILLE: Final = (1366, 768)
_MOT_DE_PASSE: Final = "quatre mots pour montrer"


def jouer(sortie: Path) -> list[Path]:
    """Joue l'entretien, laisse dans ``sortie`` les images (clair et sombre) et les PDF ; rend leurs chemins.

    Lève ``ErreurUtilisateur`` si ``sortie`` ne peut pas recevoir de fichiers.
    """
    try:
        sortie.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise ErreurUtilisateur(f"{sortie} : dossier impossible à créer ({raison(cause)}).") from None
    if not os.access(sortie, os.W_OK):
        raise ErreurUtilisateur(f"{sortie} : accès refusé. Choisissez un autre dossier.")
    # Sans écran : la fenêtre est la vraie, seule sa surface est en mémoire.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="perron-") as donnees:
        return _jouer_dans(Path(donnees), sortie)


def _jouer_dans(donnees: Path, sortie: Path) -> list[Path]:
    from PySide6.QtCore import QLocale, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from ui.composants.frappes import Frappes
    from ui.lancement import Poste
    from ui.theatre.joueur import Joueur

    qInstallMessageHandler(_dire_sauf_bordure)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    application = QApplication.instance() or QApplication(["perron"])
    assert isinstance(application, QApplication)
    poste = Poste(application, donnees)
    poste.session.preferences = poste.session.preferences._replace(territoire=TERRITOIRE, poste="démonstration")
    poste.fenetre.resize(*_TAILLE)
    poste.fenetre.show()
    # Chaque geste est voulu : le répit garde d'une frappe d'avance, et une page vite posée n'en laissait plus.
    Frappes.REPIT_MS = 0
    joueur = Joueur(poste)
    try:
        poste.session.creer("Ana Martin", _MOT_DE_PASSE, lambda _: poste.session.entrer(), _echouer)
        joueur.attendre()
        poste.session.ajouter_exemples(lambda _: None, pour=poste.session)
        joueur.attendre()
        return sans_toit(joueur, sortie)
    finally:
        poste.fermer()
        poste.fenetre.close()


def _dire_sauf_bordure(_sorte: object, _contexte: object, message: str) -> None:
    """Ce que dit Qt ; sans écran, il se plaint à chaque fenêtre de ne pas savoir la border."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)


def _echouer(phrase: str) -> None:
    raise ErreurUtilisateur(phrase)


def sans_toit(joueur: Joueur, sortie: Path) -> list[Path]:
    """L'entretien « Je dors dans ma voiture avec mon fils depuis hier », et ce qu'il laisse dans ``sortie``."""
    joueur.aller("accueil")
    images = joueur.photographier(sortie, "1-accueil")
    premier_contact(joueur)
    images += joueur.photographier(sortie, "2-premier-contact")
    joueur.presser("Poursuivre : ouvrir le dossier")
    raconter(joueur)
    images += joueur.photographier(sortie, "3-entretien")
    joueur.aller("cotation")
    images += joueur.photographier(sortie, "4-cotation")
    joueur.aller("orientation", voie="sans-abri-enfant")
    images += joueur.photographier(sortie, "5-orientation")
    joueur.aller("imprimer")
    joueur.presser("Tout ce qu'il faut pour cette personne")
    images += joueur.photographier(sortie, "6-imprimer")
    deja = set(sortie.glob("*.pdf"))
    joueur.imprimer_dans(sortie)
    return [*images, *sorted(set(sortie.glob("*.pdf")) - deja)]


def premier_contact(joueur: Joueur) -> None:
    """Les questions du triage : pas de toit ce soir, un enfant, personne en danger immédiat."""
    joueur.aller("triage")
    for reponse in ("Non", "Non", "Non", "Oui", "Non, aucun", "Non", "Non"):
        joueur.presser(reponse)


def raconter(joueur: Joueur) -> None:
    """Ce que la personne dit ensuite, à son rythme : elle, son fils, la voiture."""
    joueur.repondre("demandeur.civilite", "Monsieur")
    joueur.taper("demandeur.nom", "Exemple")
    joueur.taper("demandeur.prenoms", "Karim")
    joueur.taper("demandeur.date_naissance", "14/03/1988")
    joueur.repondre("demandeur.nationalite", "Française")
    joueur.repondre("demandeur.situation_familiale", "Célibataire")
    joueur.repondre("demande.deja_enregistree", "Non")
    joueur.repondre("foyer.avec_codemandeur", "Non")
    ajouter_enfant(joueur, "Sami", "02/09/2018")
    joueur.repondre("demande.motifs", "Sans logement, hébergé ou en logement temporaire")
    joueur.repondre("logement_actuel.statut", "Dehors, dans une voiture, sous une tente")


def ajouter_enfant(joueur: Joueur, prenom: str, naissance: str) -> None:
    """Ajoute un enfant à la liste des personnes à loger, et la dit complète."""
    joueur.aller_a("foyer.personnes")
    joueur.ecrire(prenom)
    enfant = f"foyer.personnes.elements.{joueur.dernier('foyer.personnes')}"
    joueur.taper(f"{enfant}.date_naissance", naissance)
    joueur.repondre(f"{enfant}.lien", "Mon enfant")
    joueur.repondre(f"{enfant}.a_charge", "Oui")
    joueur.aller_a("foyer.personnes")
    joueur.presser("Il n'y en a pas d'autre")
