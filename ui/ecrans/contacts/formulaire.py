"""Saisir un contact d'ici : son numéro, d'où on le tient, quand on l'a vérifié. Sans source ni date, il ne sert pas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from modele.regles.provenance import Provenance
from modele.territoire.modele import ContactLocal, redit
from ui.composants import BandeauAlerte, Bouton, Carte, SaisieInvalide, champ, rangee, texte, viser
from ui.saisies.lecture import lire_date
from ui.theme import Ton

if TYPE_CHECKING:
    from ui.composants import Champ
    from ui.mots.contacts import ContactMontre

OBLIGATOIRE: Final = "À remplir : un numéro sans source ni date ne s'imprime pas."
A_VENIR: Final = "Cette date est à venir : écrivez le jour où vous avez appelé ou lu ce numéro."
REDIT: Final = "Le nom redit le numéro : gardez l'un des deux."


class Formulaire(Carte):
    """Le contact choisi. ``enregistrer`` : le contact saisi."""

    enregistrer = Signal(object)

    def __init__(self) -> None:
        super().__init__("Ce contact", icone="phone")
        self._avant = ContactLocal("", "")
        self.attendre = texte("", "petit")
        self.echec = BandeauAlerte()
        self.libelle = champ("Nom", "Sans le numéro.")
        self.numero = champ("Numéro", "Comme il se compose.", exemple="05 36 49 00 00")
        self.horaires = champ("Heures", "Facultatif.", exemple="lundi au vendredi, 9 h à 17 h")
        self.source = champ("Source", "D'où il vient : site, courrier, service.")
        self.verifie_le = champ("Vérifié le", "Le jour de l'appel ou de la lecture.", exemple="29/11/2026")
        self.bouton = Bouton("Enregistrer", self._lire, genre="principal", icone="check", montre="Return")
        au_numero = rangee(self.numero, self.horaires, ecart=3)
        a_la_source = rangee(self.source, self.verifie_le, ecart=3)
        self.ajouter(self.attendre, self.echec, self.libelle, au_numero, a_la_source, rangee(self.bouton, 1))
        for un in self.champs:
            un.entree.connect(self._lire)

    @property
    def champs(self) -> tuple[Champ, ...]:
        """Ses champs, dans l'ordre du clavier."""
        return (self.libelle, self.numero, self.horaires, self.source, self.verifie_le)

    def montrer(self, choisi: ContactMontre) -> None:
        """Le contact à saisir, tel que le territoire le dit aujourd'hui."""
        dit = choisi.dit or ContactLocal(choisi.id, choisi.libelle)
        self._avant = dit
        self.echec.taire()
        self.attendre.setText(f"En attendant : {choisi.detail}" if choisi.dit is None else "")
        self.attendre.setVisible(choisi.dit is None)
        verifie = dit.provenance.verifie_le
        valeurs = (dit.libelle, dit.numero, dit.horaires, dit.provenance.source, verifie and f"{verifie:%d/%m/%Y}")
        for un, valeur in zip(self.champs, valeurs, strict=True):
            un.poser(valeur or None)

    def _lire(self) -> None:
        """Émet le contact, ou dit la première faute à son champ."""
        self.echec.taire()
        for un in (self.libelle, self.numero, self.source, self.verifie_le):
            if not un.contenu.strip():
                self._refuser(un, OBLIGATOIRE)
                return
        if redit(self.libelle.contenu, self.numero.contenu):
            self._refuser(self.libelle, REDIT)
            return
        try:
            verifie = lire_date(self.verifie_le.contenu, date.today())
        except SaisieInvalide as faute:
            self._refuser(self.verifie_le, str(faute))
            return
        if verifie > date.today():
            self._refuser(self.verifie_le, A_VENIR)
            return
        libelle, numero, horaires, source = (un.contenu.strip() for un in self.champs[:4])
        dit = Provenance(source=source, confiance="V", verifie_le=verifie)
        self.enregistrer.emit(
            replace(self._avant, libelle=libelle, numero=numero, horaires=horaires, fictif=False, provenance=dit)
        )

    def _refuser(self, ou: Champ, phrase: str) -> None:
        ou.dire_faute(phrase)
        viser(ou)

    def dire_echec(self, phrase: str) -> None:
        """Pourquoi rien n'a été écrit ; ce qui est tapé reste."""
        self.echec.dire(phrase, Ton.IMMEDIAT)
