"""Perron dans sa vraie fenêtre, joué pour un lecteur d'écran : ``perron_lu.py scenes|parcours [NOM…]``.

À chaque étape il en dit le nom, puis sa boucle tourne, comme chez un agent, jusqu'à ce qu'on lui réponde.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator

from PySide6.QtCore import QEventLoop, QSocketNotifier

from ui.composants.frappes import Frappes
from ui.lancement import Poste, franciser, montrer, preparer
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import MOT_DE_PASSE, heberge, scenes


def attendre_la_suite() -> None:
    """La boucle de Qt tourne : les appels du lecteur y reçoivent leur réponse."""
    boucle = QEventLoop()
    oreille = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    oreille.activated.connect(boucle.quit)
    boucle.exec()
    oreille.setEnabled(False)
    sys.stdin.readline()


def parcours(joueur: Joueur) -> Iterator[str]:
    """Ce qu'Orca doit dire : une question, ses réponses, une page nouvelle, la note, une erreur."""
    yield "ouverture"
    session = joueur.session
    session.regler(session.preferences._replace(territoire="metropole-exemple"))
    session.creer("Ana Martin", MOT_DE_PASSE, lambda _: session.entrer(), print)
    joueur.attendre()
    joueur.aller("triage")
    yield "triage"
    session.creer_dossier(heberge(), lambda _: None)
    joueur.attendre()
    joueur.aller("entretien", dossier=session.dossier_id, chemin="demande.deja_enregistree")
    yield "entretien"
    joueur.aller("cotation")
    yield "note"
    session.fermer()
    joueur.aller("ouverture")
    yield "verrou"


def _scenes(joueur: Joueur) -> Iterator[str]:
    return (nom for nom, _vue in scenes(joueur))


def ouvrir() -> Poste:
    """La fenêtre, montrée comme au lancement."""
    poste = preparer(["perron"])
    montrer(poste)
    franciser(poste.application)
    poste.completer()
    # Personne n'y touche pendant la lecture : il se verrouillerait au milieu, et chaque frappe est voulue.
    poste.couverture.arreter()
    Frappes.REPIT_MS = 0
    poste.fenetre.activateWindow()
    return poste


def main(quoi: str, noms: list[str]) -> None:
    """Joue les étapes voulues ; aucune nommée, toutes."""
    with tempfile.TemporaryDirectory() as donnees:
        os.environ["PERRON_DONNEES"] = donnees
        poste, restent = ouvrir(), set(noms)
        for nom in {"scenes": _scenes, "parcours": parcours}[quoi](Joueur(poste)):
            if not noms or nom in restent:
                restent.discard(nom)
                print(nom, flush=True)
                attendre_la_suite()
            if noms and not restent:
                break
        poste.fermer()
        poste.fenetre.close()
        print("FIN", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
