"""Un agent devant deux écrans, dans un processus à part : Qt ne décrit ses écrans qu'au départ.

``python joueur_deux_ecrans.py ECRANS.json`` ; ``test_deux_ecrans.py`` le lance et lit sa sortie, un JSON par ligne.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={sys.argv[1]}"
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import heberge


def dire(joueur: Joueur, **fait: Any) -> None:
    tourne = joueur.poste.ecran_tourne
    fenetre = tourne.montree
    fait |= {"possible": tourne.etat.possible, "bandeau": joueur.fenetre.bandeau.phrase}
    if fenetre is not None:
        fait |= {
            "dits": fenetre.affiche.dits,
            "ecran": fenetre.screen().name(),
            "place": fenetre.geometry().getRect(),
        }
    print(json.dumps(fait), flush=True)


def jouer(donnees: Path) -> None:
    application = QApplication(["perron"])
    poste = Poste(application, donnees)
    # Tous les écrans ne sont pas à gauche : l'agent est sur le premier.
    poste.fenetre.setGeometry(QGuiApplication.screens()[0].geometry())
    poste.fenetre.show()
    joueur, session = Joueur(poste), poste.session
    session.preferences = session.preferences._replace(territoire="metropole-exemple")
    session.creer("Ana Martin", "quatre mots sans lien", lambda _: session.entrer(), print)
    joueur.attendre()
    session.creer_dossier(heberge(), lambda _: None)
    joueur.attendre()
    joueur.aller("entretien", dossier=session.dossier_id, chemin="demandeur.nom")
    dire(joueur, quand="avant")
    poste.ecran_tourne.etat.basculer()
    joueur.attendre()
    dire(joueur, quand="geste")
    # Le bureau change de forme, comme Qt le dirait.
    QGuiApplication.screens()[-1].geometryChanged.emit(QGuiApplication.screens()[-1].geometry())
    dire(joueur, quand="change")
    poste.fermer()
    poste.fenetre.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as dossier:
        jouer(Path(dossier))
