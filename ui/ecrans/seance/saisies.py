"""Ce qui s'écrit d'un candidat : sa décision, sa réponse. Ce qui est tapé reste à celui pour qui on l'a tapé."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from modele.seance.droit import droit
from modele.seance.gardee import Candidat, DecisionEcrite, ReponseEcrite
from modele.seance.suites import ACCEPTEE, REFUSEE, SANS_REPONSE
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Champ,
    GroupeChoix,
    Option,
    champ,
    constater,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.ecrans.contingents.saisie import champ_date, champ_entier, dit, premiere_faute
from ui.mots import seance as mots


class _Saisie(Carte):
    """Une sous-classe pose ses champs et ses groupes, puis dit ce qu'elle écrit."""

    def __init__(self, titre: str, icone: str) -> None:
        super().__init__(titre, icone=icone)
        self._brouillons: dict[tuple[str, str], dict[str, Any]] = {}
        self._cle = ("", "")
        self._corrige = False
        self._pose: dict[str, Any] = {}
        self.qui = texte("", "gras")
        self.champs: dict[str, Champ] = {}
        self.groupes: dict[str, GroupeChoix] = {}
        self.correction = champ(mots.CORRIGER)
        self.faute = etiquette_aide("")

    def montrer(self, seance: str, un: Candidat | None, gardee: Mapping[str, Any]) -> None:
        """Ce candidat : ce qui est tapé pour lui, à défaut ce qui est gardé."""
        self.retenir()
        self._cle = (seance, un.reference if un is not None else "")
        self._corrige = bool(gardee)
        self.qui.setText(self._cle[1])
        self._poser(self._brouillons.get(self._cle, gardee))
        self._pose = self._lu_brut()
        self.correction.setVisible(self._corrige)
        self.dire("")

    def retenir(self) -> None:
        """Garde ce qui est tapé, pour quand on reviendra à ce candidat."""
        if self._cle[1] and (tape := self._lu_brut()) != self._pose:
            self._brouillons[self._cle] = tape

    def ecrit(self, seance: str, reference: str) -> None:
        """Ce qui était tapé pour ce candidat est au coffre : il s'y relira ; d'un autre, choisi depuis, tout reste."""
        self._brouillons.pop((seance, reference), None)
        if self._cle == (seance, reference):
            self._cle = ("", "")

    def oublier(self) -> None:
        """Le coffre se ferme : rien de tapé ne reste."""
        self._brouillons.clear()
        self._cle = ("", "")
        self._poser({})

    def _lu_brut(self) -> dict[str, Any]:
        lus: dict[str, Any] = {nom: un.contenu for nom, un in self.champs.items()}
        return lus | {nom: un.valeur() for nom, un in self.groupes.items()} | {"correction": self.correction.contenu}

    def _poser(self, dite: Mapping[str, Any]) -> None:
        for nom, un in self.champs.items():
            valeur = dite.get(nom)
            if isinstance(valeur, str):
                un.poser(None)
                un.ligne.setText(valeur)
            else:
                un.poser(valeur)
        for nom, groupe in self.groupes.items():
            groupe.poser(dite.get(nom))
        self.correction.poser(None)
        self.correction.ligne.setText(str(dite.get("correction") or ""))

    def _bien_ecrits(self) -> bool:
        # Un champ que cette décision n'emploie pas est caché : ce qui y traîne ne bloque rien.
        fautif = premiere_faute([un for un in self.champs.values() if un.isVisibleTo(self)])
        if fautif is not None:
            viser(fautif)
        return fautif is None

    def dire(self, phrase: str) -> None:
        """Pourquoi rien n'est gardé ; ce qui est tapé reste."""
        constater(self.faute, phrase, pressant=True, vers=self.faute)


class CarteDecision(_Saisie):
    """``decider`` : la référence, la décision, le motif de la correction (vide : c'est la première)."""

    decider = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__("Décision", "check")
        self.genre = GroupeChoix(
            "Ce que la commission décide", [Option(un.id, un.libelle, dense=True) for un in droit().decisions.values()]
        )
        self.legal = GroupeChoix(
            "Un motif que la loi nomme",
            [Option(un.id, un.libelle, dense=True) for un in droit().motifs.values() if not un.interdit],
            multiple=True,
        )
        self.champs = {
            "motif": champ("Motif, propre au dossier", "Ni nom, ni santé, ni violence, ni lettre de L441-1."),
            "rang": champ_entier("Rang"),
            "hors_ordre": champ("Pourquoi elle quitte l'ordre de la grille"),
            "piece": champ("Pièce à remettre"),
            "piece_le": champ_date("À remettre au plus tard le"),
            "logement_ailleurs": champ("Logement proposé ailleurs"),
            "suivi_par": champ("Qui suit cette proposition"),
        }
        self.groupes = {"genre": self.genre}
        self.garder = Bouton("Garder la décision", self._garder, genre="principal", icone="check", raccourci="Alt+G")
        self.ajouter(self.qui, self.genre, self.champs["motif"])
        self.condition = Bloc(rangee(self.champs["piece"], self.champs["piece_le"], ecart=3))
        self.ailleurs = Bloc(rangee(self.champs["logement_ailleurs"], self.champs["suivi_par"], ecart=3))
        self.ajouter(self.champs["rang"], self.condition, self.champs["hors_ordre"], self.legal, self.ailleurs)
        self.ajouter(self.correction, self.faute, Bloc(rangee(self.garder, 1)))
        self.genre.choisi.connect(lambda _: self._adapter())
        self.legal.choisi.connect(lambda _: self._adapter())
        self._adapter()

    def _poser(self, dite: Mapping[str, Any]) -> None:
        super()._poser(dite)
        legal = dite.get("motif_legal")
        self.legal.poser([legal] if legal else dite.get("legaux") or [])
        self._adapter()

    def _lu_brut(self) -> dict[str, Any]:
        return super()._lu_brut() | {"legaux": self.legal.valeur()}

    def _adapter(self) -> None:
        genre = droit().decisions.get(str(self.genre.valeur() or ""))
        self.champs["rang"].setVisible(genre is not None and bool(genre.rang))
        self.condition.setVisible(genre is not None and genre.condition)
        favorable = genre is None or genre.favorable
        self.legal.setVisible(genre is not None and not favorable)
        residence = any(droit().motifs[un].residence for un in self.legal.valeur())
        self.ailleurs.setVisible(residence and not favorable)
        self.garder.renommer("Corriger la décision" if self._corrige else "Garder la décision")

    def _garder(self) -> None:
        genre = droit().decisions.get(str(self.genre.valeur() or ""))
        if genre is None:
            self.dire(mots.SANS_GENRE)
            return
        if not self._bien_ecrits():
            return
        vus = {nom: un.valeur() for nom, un in self.champs.items() if un.isVisibleTo(self)}
        motif = dit(self.champs["motif"])
        if not motif or (self._corrige and not dit(self.correction)):
            self.dire(mots.SANS_MOTIF)
            return
        legaux = [] if genre.favorable else self.legal.valeur()
        self.decider.emit(
            self._cle[1],
            DecisionEcrite(
                genre=genre.id, motif=motif, rang=vus.get("rang"),
                hors_ordre=dit(self.champs["hors_ordre"]), motif_legal=legaux[0] if legaux else "",
                piece=dit(self.champs["piece"]) if genre.condition else "",
                piece_le=vus.get("piece_le"),
                logement_ailleurs=dit(self.champs["logement_ailleurs"]), suivi_par=dit(self.champs["suivi_par"]),
            ),
            dit(self.correction) if self._corrige else "",
        )  # fmt: skip


class CarteReponse(_Saisie):
    """``repondre`` : la référence, la réponse, le motif de la correction (vide : c'est la première)."""

    repondre = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__("Réponse à l'offre", "inbox")
        noms = {ACCEPTEE: "Acceptée", REFUSEE: "Refusée", SANS_REPONSE: "Sans réponse dans le délai"}
        self.reponse = GroupeChoix("Réponse", [Option(cle, nom, dense=True) for cle, nom in noms.items()])
        self.adapte = GroupeChoix(
            "L'offre tenait compte de ses besoins",
            [Option("oui", "Oui, constaté"), Option("non", "Non"), Option("nsp", "On ne sait pas")],
            serre=True,
        )
        self.champs = {
            "remise_le": champ_date("Offre remise le", "D'où court le délai ; un silence ne se date pas sans lui."),
            "le": champ_date("Réponse du"),
            "motif": champ("Son motif, si elle l'a dit"),
        }
        self.groupes = {"reponse": self.reponse, "adapte": self.adapte}
        self.garder = Bouton("Garder la réponse", self._garder, genre="principal", icone="check")
        self.ajouter(self.qui, self.reponse, rangee(self.champs["remise_le"], self.champs["le"], ecart=3))
        self.ajouter(self.champs["motif"], texte("L'offre tenait compte de ses besoins"), self.adapte)
        self.ajouter(self.correction, self.faute, Bloc(rangee(self.garder, 1)))

    def _poser(self, dite: Mapping[str, Any]) -> None:
        constate = dite.get("adapte")
        adapte = ("oui" if constate else "non") if isinstance(constate, bool) else constate
        super()._poser({**dite, "adapte": adapte})
        self.garder.renommer("Corriger la réponse" if self._corrige else "Garder la réponse")

    def _garder(self) -> None:
        if self.reponse.valeur() is None:
            self.dire(mots.SANS_REPONSE_CHOISIE)
            return
        if not self._bien_ecrits():
            return
        le: date | None = self.champs["le"].valeur()
        if le is None:
            self.dire(mots.SANS_JOUR)
            return
        if self._corrige and not dit(self.correction):
            self.dire(mots.SANS_MOTIF)
            return
        self.repondre.emit(
            self._cle[1],
            ReponseEcrite(
                reponse=self.reponse.valeur(), le=le, remise_le=self.champs["remise_le"].valeur(),
                motif=dit(self.champs["motif"]), adapte={"oui": True, "non": False}.get(self.adapte.valeur()),
            ),
            dit(self.correction) if self._corrige else "",
        )  # fmt: skip


def decision_gardee(un: Candidat) -> dict[str, Any]:
    """La décision de ce candidat, champ par champ ; rien s'il n'en a pas."""
    return _champs(un.decision) if un.decision.genre else {}


def reponse_gardee(un: Candidat) -> dict[str, Any]:
    """Sa réponse, champ par champ ; rien s'il n'a pas répondu."""
    return _champs(un.reponse) if un.reponse.reponse else {}


def _champs(dite: DecisionEcrite | ReponseEcrite) -> dict[str, Any]:
    lus = {nom: getattr(dite, nom) for nom in dite.__struct_fields__ if nom != "correction"}
    return {nom: valeur for nom, valeur in lus.items() if valeur not in ("", None)}
