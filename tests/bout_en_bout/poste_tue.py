"""Un poste sans écran qui saisit et échange avec le registre, jusqu'à ce qu'on le tue.

Se lance dans un processus à part, que ``test_morts_a_trois.py`` tue : ``poste_tue.py COFFRE GRAINE INVITATION NOM``.
Comme le vrai poste, il saisit dans un fil et échange dans un autre. Chaque opération dite enregistrée est notée
aussitôt dans un fichier à part (``a_cote``), synchronisé sur le disque ; chaque fait est une ligne JSON sur la sortie.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from uuid_utils import uuid7

from modele.coffre import Coffre
from modele.coffre.cles import Cout
from modele.dossier.chemins import ABSENT, Document, lire
from modele.dossier.documents import encoder
from modele.droits import Auteur
from modele.fusion import divergences
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import Synchro

MOT_DE_PASSE = "quatre mots sans lien"
LEGER = Cout(passes=1, memoire=8, fils=1)
AGENT = "Ana Martin"
TERRITOIRE = "metropole-exemple"
_PERSONNES = "foyer.personnes"
_LETTRES = "abdeilmnorstuvé"
_ASSEZ = 40
_TEXTES = ("demandeur.nom", "demandeur.prenoms", "contact.telephone_autre", "logement_actuel.bailleur")
_NOMBRES = ("logement_actuel.pieces", "logement_actuel.occupants", "ressources.rfr_n2")
_MONTANTS = ("logement_actuel.loyer", "logement_actuel.charges")
_FAITS = ("demandeur.handicap.reconnu", "contact.accord_sms", "demandeur.ase")


def a_cote(coffre: Path) -> Path:
    """Le fichier où ce poste note, hors du coffre, chaque opération dite enregistrée."""
    return coffre.with_name("a-cote.txt")


def dire(**fait: Any) -> None:
    """Écrit un fait, d'un coup : la mort ne le coupe pas."""
    os.write(1, encoder({**fait, "a": time.time()}) + b"\n")


@contextmanager
def coffre_ouvert(chemin: Path) -> Iterator[Coffre]:
    """Le coffre d'un poste mort ou vivant, fermé à la sortie."""
    coffre = Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=LEGER)
    try:
        yield coffre
    finally:
        coffre.fermer()


def derniere_operation(coffre: Coffre) -> str:
    """La dernière opération née ici ; vide s'il n'y en a pas."""
    with coffre._base.lecture() as connexion:
        return connexion.exec_driver_sql("SELECT id FROM operation ORDER BY rowid DESC LIMIT 1").scalar() or ""


def parties_sans_recu(coffre: Coffre) -> list[str]:
    """Les opérations envoyées au moins une fois, dont aucun reçu n'est tenu."""
    with coffre._base.lecture() as connexion:
        requete = "SELECT operation FROM envoi WHERE etat = 'attente' AND essais > 0"
        return list(connexion.exec_driver_sql(requete).scalars())


class Agent:
    """Saisit au hasard, et note à côté ce que le coffre dit enregistré."""

    def __init__(self, coffre: Coffre, synchro: Synchro, hasard: random.Random) -> None:
        self._coffre, self._synchro, self._hasard = coffre, synchro, hasard
        self._note = os.open(a_cote(coffre.chemin), os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self._derniere = derniere_operation(coffre)
        self._gestes = {
            self._corriger: 50,
            self._ajouter_quelqu_un: 12,
            self._changer_quelqu_un: 16,
            self._retirer_quelqu_un: 8,
            self._trancher: 20,
            self._numeroter: 2,
            self._fondre: 1,
        }

    def jouer(self) -> None:
        """Un geste après l'autre, tant que vit l'épreuve qui nous a lancés."""
        epreuve = os.getppid()
        while os.getppid() == epreuve:
            try:
                self._geste()
            except ErreurUtilisateur as faute:
                # Le fil des échanges a changé ce dossier entre-temps : l'agent le lirait et passerait au suivant.
                dire(fait="refus", phrase=str(faute))
            self._noter()
            time.sleep(self._hasard.uniform(0.02, 0.2))

    def _noter(self) -> None:
        derniere = derniere_operation(self._coffre)
        if derniere != self._derniere:
            os.write(self._note, f"{derniere}\n".encode())
            os.fsync(self._note)
            self._derniere = derniere

    def _geste(self) -> None:
        tenus = [un.dossier for un in self._coffre.recents(_ASSEZ)]
        if not tenus or self._hasard.random() < (0.3 if len(tenus) < _ASSEZ else 0.02):
            self._coffre.creer_dossier(self._document(), Auteur(AGENT))
            return
        # Surtout les mêmes : c'est là que deux postes se contredisent.
        dossier = self._hasard.choice(tenus[:6] if self._hasard.random() < 0.7 else tenus)
        (geste,) = self._hasard.choices(list(self._gestes), self._gestes.values())
        geste(dossier, self._coffre.lire(dossier))

    def _document(self) -> Document:
        document: Document = {
            "demandeur": {"nom": self._mot(), "prenoms": self._mot(), "date_naissance": "1984-03-12"},
            "contact": {"telephone": f"+336399801{self._hasard.randrange(100):02d}"},
        }
        return {**document, "protection": {"discret": True}} if self._hasard.random() < 0.1 else document

    def _corriger(self, dossier: str, document: Document) -> None:
        champs = self._hasard.sample([*_TEXTES, *_NOMBRES, *_MONTANTS, *_FAITS], self._hasard.randrange(1, 4))
        self._coffre.modifier(dossier, {champ: self._valeur(champ) for champ in champs}, Auteur(AGENT))

    def _valeur(self, champ: str) -> Any:
        if self._hasard.random() < 0.1:
            return ABSENT
        if champ in _TEXTES:
            return self._mot()
        if champ in _FAITS:
            return self._hasard.random() < 0.5
        entier = self._hasard.randrange(1, 5)
        return entier if champ in _NOMBRES else Decimal(entier) / 4

    def _ajouter_quelqu_un(self, dossier: str, document: Document) -> None:
        if lire(document, "protection.discret") is True:
            # Un adulte de plus dans un dossier discret : l'écran l'interdit.
            return
        neuf, ordre = str(uuid7()), self._ordre(document)
        ici = f"{_PERSONNES}.elements.{neuf}"
        self._coffre.modifier(
            dossier,
            {f"{ici}.prenoms": self._mot(), f"{ici}.lien": "enfant", f"{_PERSONNES}.ordre": [*ordre, neuf]},
            Auteur(AGENT),
        )

    def _changer_quelqu_un(self, dossier: str, document: Document) -> None:
        if ordre := self._ordre(document):
            ici = f"{_PERSONNES}.elements.{self._hasard.choice(ordre)}"
            champ = self._hasard.choice(("prenoms", "nom", "emploi.profession"))
            self._coffre.modifier(dossier, {f"{ici}.{champ}": self._mot()}, Auteur(AGENT))

    def _retirer_quelqu_un(self, dossier: str, document: Document) -> None:
        if ordre := self._ordre(document):
            parti = self._hasard.choice(ordre)
            reste = [un for un in ordre if un != parti]
            self._coffre.modifier(
                dossier, {f"{_PERSONNES}.elements.{parti}": ABSENT, f"{_PERSONNES}.ordre": reste}, Auteur(AGENT)
            )

    def _ordre(self, document: Document) -> list[str]:
        presents = lire(document, f"{_PERSONNES}.elements")
        return list(presents) if isinstance(presents, dict) else []

    def _trancher(self, dossier: str, document: Document) -> None:
        connues = self._coffre.echanges.divergences()
        if not connues:
            return
        ou = self._hasard.choice(connues)[0]
        etat = self._coffre.echanges.etat_projete(ou, "")
        for une in divergences(etat)[:1] if etat else ():
            choisie = self._hasard.choice(une.propositions)
            self._coffre.echanges.trancher(ou, une.unite, choisie.valeurs, Auteur(AGENT))

    def _numeroter(self, dossier: str, document: Document) -> None:
        self._coffre.donner_numero_provisoire(dossier, Auteur(AGENT))

    def _fondre(self, dossier: str, document: Document) -> None:
        autres = [un.dossier for un in self._coffre.recents(_ASSEZ) if un.dossier != dossier and not un.resume.discret]
        if len(autres) > 4:
            self._synchro.doublons.fondre(dossier, self._hasard.choice(autres), Auteur(AGENT))

    def _mot(self) -> str:
        # Peu de mots : deux postes disent parfois la même chose.
        return "".join(self._hasard.choice(_LETTRES) for _ in range(self._hasard.randrange(2, 6))).capitalize()


def echanger(synchro: Synchro, invitation: str, nom: str, hasard: random.Random) -> None:
    """Relie le poste s'il ne l'est pas, puis fait tour sur tour, sans fin."""
    while not synchro.etat().registre:
        try:
            synchro.enroler(invitation, nom)
        except ErreurUtilisateur as faute:
            dire(fait="enrolement", panne=str(faute))
            time.sleep(0.2)
    while True:
        bilan = synchro.tour()
        dire(fait="tour", envoyees=bilan.envoyees, recues=bilan.recues, panne=bilan.panne)
        time.sleep(hasard.uniform(0.02, 0.3))


def main() -> None:
    """Ouvre le coffre et joue jusqu'à la mort. Une exception dans un fil tue le poste : elle se verra."""
    chemin, graine, invitation, nom = sys.argv[1:]
    # Les deux fils meurent ensemble, comme quand le poste se fige.
    threading.excepthook = lambda panne: (sys.__excepthook__(*panne[:3]), os._exit(3))  # type: ignore[arg-type]
    with coffre_ouvert(Path(chemin)) as coffre:
        synchro = Synchro(coffre)
        dire(fait="pret", sans_recu=parties_sans_recu(coffre))
        threading.Thread(
            target=echanger, args=(synchro, invitation, nom, random.Random(f"{graine}-echanges")), daemon=True
        ).start()
        Agent(coffre, synchro, random.Random(graine)).jouer()


if __name__ == "__main__":
    main()
