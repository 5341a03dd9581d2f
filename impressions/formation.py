"""Un cas de formation pour la classe : la feuille de chacun, sans réponse ; celle du formateur, à part.

Sur le papier, ce qui reste à faire valider n'est jamais affirmé : le point s'y lit « à discuter », sans raison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from impressions.atelier import Etabli
from impressions.balises import Noeud
from impressions.blocs import Bloc, Pile, ZoneVide
from impressions.cases_a_cocher import CaseACocher
from impressions.pages import Identite, dessiner, paginer
from impressions.styles import styles
from modele.formation import Attente, Cas, Etape, Point, Sorte
from modele.mots.ecriture import dire_date
from modele.mots.phrases import mots
from modele.regles.confiance import a_valider

FICTIF: Final = "Formation : personnes inventées, rien ici n'est d'une vraie personne."
_CLASSE: Final = "Feuille de la classe, sans les réponses"
_FORMATEUR: Final = "Feuille du formateur : les réponses"
_LARGE: Final = 480.0
_HAUT: Final = 90.0
"""La place d'écrire, en points."""
_PARTIES: Final = (
    (Attente.VITAL, "À ne pas omettre"),
    (Attente.ATTENDU, "Attendu"),
    (Attente.DANGEREUX, "À ne pas faire"),
    (Attente.INUTILE, "Inutile"),
)


def composer_classe(cas: Cas, jour: date) -> bytes:
    """La feuille de chacun : la scène, et chaque étape à cocher ou à écrire."""
    etabli = _etabli()
    return _dessiner(etabli, [*_tete(etabli, cas, _CLASSE), *_etapes(etabli, cas)], cas, _CLASSE, jour)


def composer_reponses(cas: Cas, jour: date) -> bytes:
    """La feuille du formateur : ce que répond le demandeur joué, ce que le cas attend, et d'où cela vient."""
    etabli = _etabli()
    blocs = [*_tete(etabli, cas, _FORMATEUR), *_role(etabli, cas), *_attendus(etabli, cas)]
    return _dessiner(etabli, blocs, cas, _FORMATEUR, jour)


def _etabli() -> Etabli:
    return Etabli(mots(), styles(), Noeud("Document"))


def _dessiner(etabli: Etabli, blocs: Sequence[Bloc], cas: Cas, sorte: str, jour: date) -> bytes:
    numerotation = etabli.mots("page.numerotation", n="{n}", total="{total}")
    titre = f"{cas.titre}. {sorte}"
    identite = Identite(titre, etabli.mots.langue, jour, FICTIF, numerotation, etabli.styles.pied)
    return dessiner(paginer(list(blocs)), etabli.racine, identite)


def _tete(etabli: Etabli, cas: Cas, sorte: str) -> Iterator[Bloc]:
    yield etabli.texte(cas.titre, etabli.styles.titre, etabli.racine.ajouter("H1"))
    yield _petit(etabli, f"{sorte}. {FICTIF} {cas.minutes} minutes.")
    yield _titre(etabli, "La scène")
    for dit in (cas.scene.lieu, cas.scene.personne, cas.scene.dit):
        yield _corps(etabli, dit)


def _etapes(etabli: Etabli, cas: Cas) -> Iterator[Bloc]:
    yield _titre(etabli, "L'entretien")
    yield _corps(
        etabli, "Posez vos questions au demandeur joué, dans l'ordre que vous voulez. Notez ce que vous apprenez."
    )
    yield _place(etabli)
    for etape in cas.etapes:
        yield _titre(etabli, etape.consigne)
        if etape.sorte is Sorte.OUVERTE:
            yield _place(etabli)
        else:
            yield from (_a_cocher(etabli, point.texte) for point in sorted(etape.points, key=lambda un: un.texte))


def _role(etabli: Etabli, cas: Cas) -> Iterator[Bloc]:
    yield _titre(etabli, "Le demandeur joué")
    if cas.scene.a_part:
        yield _corps(etabli, f"Est là aussi : {cas.scene.accompagnant}. Si on les sépare : {cas.scene.a_part}")
    for question in cas.questions:
        yield _gras(etabli, question.point.texte)
        yield _corps(etabli, question.replique)
        if question.seul:
            yield _corps(etabli, f"Seul à seul : {question.seul}")


def _attendus(etabli: Etabli, cas: Cas) -> Iterator[Bloc]:
    yield _titre(etabli, "Les questions")
    yield from _points(etabli, [question.point for question in cas.questions])
    for etape in cas.etapes:
        yield _titre(etabli, etape.consigne)
        yield from _points(etabli, etape.points)
        yield from _modele(etabli, etape)
    if cas.pour_finir:
        yield _titre(etabli, "Pour finir")
        yield _corps(etabli, cas.pour_finir)


def _points(etabli: Etabli, points: Sequence[Point]) -> Iterator[Bloc]:
    """Ce qui a une source lue ou validée, par attente ; puis ce qui se discute, sans rien en affirmer."""
    surs = [point for point in points if point.valide_par or not a_valider(point.appui.confiance)]
    for attente, titre in _PARTIES:
        for point in (un for un in surs if un.attente is attente):
            yield _gras(etabli, f"{titre} : {point.texte}")
            yield _corps(etabli, point.raison)
            yield _petit(etabli, _source(point))
    for point in points:
        if point not in surs and point.attente is not Attente.LIBRE:
            yield _corps(etabli, f"À discuter : {point.texte}")


def _source(point: Point) -> str:
    appui = point.appui
    dite = f"{appui.fondement} · {appui.source}" if appui.fondement else appui.source
    valide = ""
    if point.valide_par and point.valide_le is not None:
        valide = f" Validé par {point.valide_par} le {dire_date(point.valide_le)}."
    return f"{dite}{f', vérifié le {dire_date(appui.verifie_le)}' if appui.verifie_le else ''}.{valide}"


def _modele(etabli: Etabli, etape: Etape) -> Iterator[Bloc]:
    if etape.modele:
        yield _gras(etabli, "Une façon de le dire")
        yield _corps(etabli, etape.modele)


def _titre(etabli: Etabli, dit: str) -> Bloc:
    titre = etabli.texte(dit, etabli.styles.section, etabli.racine.ajouter("H2"))
    titre.avec_suivant = True
    return titre


def _gras(etabli: Etabli, dit: str) -> Bloc:
    segments = [etabli.segment(dit, etabli.styles.corps, "gras")]
    bloc = etabli.texte(segments, etabli.styles.corps, etabli.racine.ajouter("P"))
    bloc.avec_suivant = True
    return bloc


def _corps(etabli: Etabli, dit: str) -> Bloc:
    return etabli.texte(dit, etabli.styles.corps, etabli.racine.ajouter("P"))


def _petit(etabli: Etabli, dit: str) -> Bloc:
    bloc = etabli.texte(dit, etabli.styles.petit, etabli.racine.ajouter("P"))
    bloc.apres = etabli.styles.petit.interligne / 2
    return bloc


def _a_cocher(etabli: Etabli, dit: str) -> Bloc:
    case = Pile(blocs=[CaseACocher(echelle=etabli.styles.echelle)])
    texte = Pile(blocs=[_corps(etabli, dit)])
    return etabli.rangee([case, texte], (18 * etabli.styles.echelle, None))


def _place(etabli: Etabli) -> Bloc:
    """La place d'écrire."""
    return ZoneVide(contenu=Pile(blocs=[_petit(etabli, "Vos mots")]), large=_LARGE, haut=_HAUT, a_droite=False)
