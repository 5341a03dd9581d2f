"""La table des recours : chaque motif, chaque condition, chaque lettre, et le lien vers la question qui manque."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from modele.bilan import Bilan
from modele.dossier.entretien import QuestionVue
from modele.mots.reponses import Diseur
from modele.orientation.verdict import Verdict
from ui.composants import Bloc, Carte, Pli, colonne, etiquette_aide, nommer, texte
from ui.composants.lien import Lien
from ui.mots.priorites import VERDICTS, Ligne, Sorte, dire_apres, lignes, questions

Aller = Callable[[str], object]
"""Ce qui mène à une question, par son chemin."""
TITRES: Final = {
    Sorte.MOTIF: ("Motifs de recours, DALO et DAHO", "scale"),
    Sorte.CONDITION: ("Conditions générales du DALO", "list-checks"),
    Sorte.LETTRE: ("Lettres de priorité (L441-1)", "arrow-up"),
}
_LIENS: Final = 2
"""Les questions montrées d'un coup ; la suivante paraît quand l'une est répondue."""


def cartes(bilan: Bilan, sortes: Sequence[Sorte], aller: Aller) -> Iterator[Carte]:
    """Une carte par sorte de ligne : remplies, à établir, puis repliées celles que rien n'indique."""
    toutes = lignes(bilan)
    for sorte in sortes:
        titre, icone = TITRES[sorte]
        carte = Carte(titre, icone=icone)
        siennes = [un for un in toutes if un.sorte is sorte]
        for verdict, mot in VERDICTS.items():
            _groupe(carte, mot, [un for un in siennes if un.verdict is verdict], bilan, aller)
        yield carte


def _groupe(carte: Carte, mot: str, unes: Sequence[Ligne], bilan: Bilan, aller: Aller) -> None:
    if not unes:
        return
    # Ce qu'une preuve établirait d'abord : la personne est peut-être à un papier près.
    dites = [dire(un, bilan, aller) for un in sorted(unes, key=lambda un: not un.ouvert)]
    if unes[0].verdict is not Verdict.RIEN_NE_L_INDIQUE:
        carte.ajouter(texte(f"{mot} ({len(unes)})", "gras"), *dites)
        return
    # Replié, jamais tu : qui en décide se lit sans déplier.
    carte.ajouter(texte(f"{mot} ({len(unes)})", "gras"), *_qui_decide(unes[0], bilan))
    carte.ajouter(Pli(f"Voir ce qui le changerait ({len(unes)})", "Replier", *dites))


def _qui_decide(ligne: Ligne, bilan: Bilan) -> Iterator[QWidget]:
    reserve = bilan.regles.recours.reserve
    phrases = {Sorte.MOTIF: reserve.phrase, Sorte.CONDITION: reserve.conditions}
    if ligne.sorte in phrases:
        yield texte(phrases[ligne.sorte])


def dire(ligne: Ligne, bilan: Bilan, aller: Aller) -> QWidget:
    """Une ligne : son nom, ce qui manque ou ce qui changerait, l'article, et d'un geste la question."""
    posees = questions(bilan, ligne) if ligne.verdict is not Verdict.REMPLI else ()
    manquent = [vue for vue in posees if not vue.repondue]
    # Une réponse qui manque se dit par sa question ; une preuve, ou ce qui changerait, par sa phrase.
    suite = "" if manquent and not ligne.ouvert and ligne.verdict is Verdict.A_ETABLIR else dire_apres(ligne)
    article = f"Texte : {ligne.provenance.fondement}."
    aides = [etiquette_aide(dite) for dite in (suite, article) if dite]
    liens = [_lien(vue, ligne, bilan, aller) for vue in posees[:_LIENS]]
    bloc = Bloc(colonne(texte(ligne.titre), *aides, *liens, ecart=0))
    nommer(bloc, f"{ligne.titre} : {VERDICTS[ligne.verdict].lower()}. {suite}")
    return bloc


def _lien(vue: QuestionVue, ligne: Ligne, bilan: Bilan, aller: Aller) -> Lien:
    """La question, et de qui elle parle : la même se pose à chacun du foyer."""
    verbe = "Revoir" if vue.repondue else "Demander"
    sujet = Diseur(bilan.regles.vocabulaire, bilan.document).sujet(vue.chemin)
    lien = Lien(f"{verbe} : {sujet}", lambda: aller(vue.chemin))
    lien.setAccessibleName(f"{verbe} : {sujet}, pour « {ligne.nom} »")
    return lien
