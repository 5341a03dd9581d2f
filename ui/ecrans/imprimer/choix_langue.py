"""La langue des fiches : celle de la personne et le français devant, les autres repliées ; ce qui y manque se dit.

Essais : ``tests/ui/ecrans/test_imprimer_langues.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.mots.ecriture import nom_de_langue, nom_propre_de_langue
from modele.regles.langues import FRANCAIS
from ui.composants import Bloc, Carte, GrosseCoche, GroupeChoix, Option, Pli, colonne, rangee, texte
from ui.theme import Ton
from ui.theme.icones import Icone

MOINS: Final = "Moins de langues"
NOM: Final = "Langue des fiches"
LES_AUTRES: Final = "Autres langues"
SORT_EN_FRANCAIS: Final = "En français seulement : {}."
PAS_DE_FICHE: Final = "La personne parle {} : aucune fiche n'y est écrite."
A_LA_PLACE: Final = "Lisez le français à voix haute, montrez les numéros, appelez un interprète par téléphone."


class ChoixLangue(Carte):
    """``change`` : la langue, ou le français à côté, vient de changer."""

    change = Signal()

    def __init__(self) -> None:
        super().__init__("Dans quelle langue")
        self.avec_francais = GrosseCoche(Option("avec_francais", "Avec le français à côté", serre=True))
        self.avec_francais.toggled.connect(lambda _: self.change.emit())
        self.manque = texte("", "petit")
        self._manque = Bloc(rangee(Icone("languages", Ton.JOUR), self.manque))
        self._manque.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._choix: Bloc | None = None
        self._offertes: tuple[str, ...] = ()
        self._proposee = self._choisie = FRANCAIS
        self._groupes: list[GroupeChoix] = []
        self.ajouter(self.avec_francais, self._manque)
        self._manque.hide()

    def langue(self) -> str:
        """La langue choisie, le français à défaut."""
        return self._choisie

    def montrer(self, offertes: Sequence[str], proposee: str, choisie: str) -> None:
        """Ces langues ; ``proposee`` : celle que parle la personne, devant."""
        voulu = (tuple(offertes), proposee, choisie)
        if voulu != (self._offertes, self._proposee, self._choisie) or self._choix is None:
            self._offertes, self._proposee, self._choisie = voulu
            self._disposer()

    def _disposer(self) -> None:
        if self._choix is not None:
            self._choix.hide()
            self._choix.deleteLater()
        devant = [un for un in dict.fromkeys((self._proposee, FRANCAIS, self._choisie)) if un in self._offertes]
        reste = [un for un in self._offertes if un not in devant]
        self._groupes = []
        contenu: list[QWidget] = [self._groupe(NOM, devant)]
        if reste:
            mot = f"{len(reste)} autres langues" if len(reste) > 1 else "Une autre langue"
            contenu.append(Pli(mot, MOINS, self._groupe(LES_AUTRES, reste)))
        self._choix = Bloc(colonne(*contenu))
        boite = self.layout()
        assert boite is not None
        boite.insertWidget(1, self._choix)  # type: ignore[attr-defined]
        self.avec_francais.setVisible(self._choisie != FRANCAIS)

    def _groupe(self, nom: str, langues: Sequence[str]) -> GroupeChoix:
        options = [_option(un) for un in langues]
        groupe = GroupeChoix(nom, options)
        groupe.poser(self._choisie if self._choisie in langues else None)
        groupe.choisi.connect(self._choisir)
        self._groupes.append(groupe)
        return groupe

    def _choisir(self, langue: str) -> None:
        ailleurs = langue not in (self._proposee, FRANCAIS)
        self._choisie = langue
        if ailleurs or len(self._groupes) > 1:
            # Prise parmi les autres, elle passe devant, et le clavier avec elle.
            self._disposer()
            self._groupes[0].bouton(langue).setFocus()
        self.avec_francais.setVisible(langue != FRANCAIS)
        self.change.emit()

    def dire_ce_qui_manque(self, titres: Sequence[str], parlee: str) -> None:
        """Ces fiches sortent en français, ou aucune n'est écrite dans la langue ``parlee`` : que faire à la place."""
        dits = [PAS_DE_FICHE.format(parlee)] if parlee else []
        dits += [SORT_EN_FRANCAIS.format(", ".join(f"« {titre} »" for titre in titres))] if titres else []
        self.manque.setText(" ".join((*dits, A_LA_PLACE)) if dits else "")
        self._manque.setVisible(bool(dits))


def _option(langue: str) -> Option:
    nom, propre = nom_de_langue(langue), nom_propre_de_langue(langue)
    return Option(langue, propre, nom if nom != propre else "", demi=True, dense=True)


def en_francais_seulement(
    choisies: Collection[str], langues_par_fiche: Mapping[str, tuple[str, tuple[str, ...]]], langue: str
) -> list[str]:
    """Les titres des fiches choisies qui n'existent pas dans cette langue."""
    dites = (langues_par_fiche[fiche] for fiche in choisies if fiche in langues_par_fiche)
    return [titre for titre, langues in dites if langue not in langues]
