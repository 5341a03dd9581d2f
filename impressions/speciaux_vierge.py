"""Le formulaire papier vierge : les cases du formulaire officiel, vides, dans leur ordre, et le code qui l'ouvre.

Rien du dossier n'y entre : le papier d'une personne est celui de toutes. Une réponse qui dirait une violence n'y est
pas proposée : une case cochée à la maison se lirait.

Essais : ``tests/impressions/test_papier_vierge.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc, Pile
from impressions.cases_a_cocher import COTE, CaseACocher
from impressions.codes_qr import COTE as COTE_DU_CODE
from impressions.codes_qr import CodeQR
from impressions.speciaux_formulaire import titres
from modele.dossier.formulaires import code_de
from modele.dossier.inventaire import ChampDossier, Genre, inventaire
from modele.dossier.portail import Rubrique
from modele.dossier.questions import Question
from modele.mots.ecriture import majuscule
from modele.protection.report import LIBRES
from modele.protection.sensibles import dit_une_violence

_LIBELLE: Final = 165.0
_LIGNE: Final = 13.0
"""Ce qui reste blanc au-dessus d'une ligne à remplir : la hauteur d'une écriture à la main."""
_PAR_RANGEE: Final = 2
_COCHABLES: Final = (Genre.CHOIX, Genre.COCHES)
_COMMUNE: Final = "commune"


def _code(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Le code du formulaire, en carrés et en lettres. ``contenu`` : ce qu'en fait la personne qui reçoit."""
    styles, code = atelier.styles, str(code_de(atelier.donnees.portail))
    dit = [atelier.texte(code, styles.numero, parent.ajouter("P"))]
    dit += [atelier.texte(ligne, styles.petit, parent.ajouter("P")) for ligne in contenu.splitlines() if ligne.strip()]
    colonnes = [Pile(blocs=[CodeQR(texte=code)]), Pile(blocs=list(dit))]
    return [atelier.rangee(colonnes, (COTE_DU_CODE, None), marge=0.0, filet=0.0, apres=styles.corps.apres)]


def _cases_vides(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Toutes les cases, page par page. ``contenu`` : les titres, et le nombre de lignes d'une liste (« titre | 4 »)."""
    dits = titres(contenu)
    blocs: list[Bloc] = []
    for rubrique in atelier.donnees.portail.rubriques:
        if rubrique.id not in dits:
            continue
        titre, _, nombre = (partie.strip() for partie in dits[rubrique.id].partition("|"))
        bloc = atelier.texte(titre, atelier.styles.section, parent.ajouter("H2"), avec_suivant=True)
        bloc.signet = titre
        lignes = int(nombre) if nombre.isdigit() else 1
        dedans = _liste(atelier, parent, rubrique, lignes) if rubrique.liste else _rubrique(atelier, parent, rubrique)
        blocs += [bloc, *dedans]
    return blocs


def _rubrique(atelier: Atelier, parent: Noeud, rubrique: Rubrique) -> Iterator[Bloc]:
    """Une case par champ, sauf ce qui se dit seul à seul, et un texte libre, qu'on lirait à la maison."""
    for chemin in (un for un in rubrique.champs if un not in LIBRES):
        champ, question = inventaire().champs[chemin], atelier.donnees.vocabulaire.question(chemin)
        if not (question is not None and question.seul_a_seul):
            yield _case(atelier, parent, champ, question)


def _case(atelier: Atelier, parent: Noeud, champ: ChampDossier, question: Question | None) -> Bloc:
    styles, noeud = atelier.styles, parent.ajouter("P")
    serre = replace(styles.corps, apres=0)
    nom = atelier.texte(_nom(atelier, champ, question), serre, noeud)
    options = _options(atelier, champ)
    reponse = _a_cocher(atelier, noeud, options) if options else _a_ecrire(atelier, noeud, champ)
    large = _LIBELLE * styles.echelle
    return atelier.rangee([Pile(blocs=[nom]), reponse], (large, None), marge=2.6 * styles.echelle, filet=0.5)


def _nom(atelier: Atelier, champ: ChampDossier, question: Question | None) -> str:
    """Le nom d'une case ; d'un morceau d'adresse, qui n'est pas une question, celui que la langue en dit."""
    definition = atelier.mots.reste(champ.champ.definition)
    morceau = atelier.mots.nom("vierge", champ.chemin.rpartition(".")[2], definition)
    return majuscule(question.libelle if question else morceau, atelier.mots.langue)


def _options(atelier: Atelier, champ: ChampDossier) -> list[str]:
    """Les réponses à cocher ; aucune pour une commune, qui s'écrit, ni pour ce qui dirait une violence."""
    if champ.genre is Genre.BOOLEEN:
        return [majuscule(atelier.mots(f"reponse.{mot}"), atelier.mots.langue) for mot in ("oui", "non")]
    nomenclature = champ.champ.nomenclature
    if champ.genre not in _COCHABLES and not nomenclature:
        return []
    if nomenclature == _COMMUNE or nomenclature not in atelier.donnees.vocabulaire.nomenclatures:
        return []
    codes = atelier.donnees.vocabulaire.nomenclatures[nomenclature].codes.values()
    return [code.libelle for code in codes if not dit_une_violence(champ.chemin, code.code)]


def _a_cocher(atelier: Atelier, noeud: Noeud, options: Sequence[str]) -> Pile:
    """Deux réponses par ligne, chacune sa case ; une seule en grands caractères, où un mot long se couperait."""
    style, k = replace(atelier.styles.corps, apres=0), atelier.styles.echelle
    par_rangee = _PAR_RANGEE if k == 1 else 1
    # Deux textes qui se partagent la place : la moitié chacun, quelle que soit leur longueur.
    larges: tuple[float | None, ...] = (COTE * k, 128.0, COTE * k, None) if par_rangee > 1 else (COTE * k, None)
    rangees: list[Bloc] = []
    for debut in range(0, len(options), par_rangee):
        paire = options[debut : debut + par_rangee]
        colonnes = [colonne for option in paire for colonne in _option(atelier, noeud, option, style)]
        manque = par_rangee - len(paire)
        colonnes += [Pile(blocs=[]) for _ in range(2 * manque)]
        rangees.append(atelier.rangee(colonnes, larges, gouttiere=6 * k, marge=0.8 * k, filet=0.0))
    return Pile(blocs=rangees)


def _option(atelier: Atelier, noeud: Noeud, option: str, style: object) -> Iterator[Pile]:
    yield Pile(blocs=[CaseACocher(echelle=atelier.styles.echelle)])
    yield Pile(blocs=[atelier.texte(option, style, noeud)])  # type: ignore[arg-type]


def _a_ecrire(atelier: Atelier, noeud: Noeud, champ: ChampDossier) -> Pile:
    """De quoi écrire à la main : une date, ou une ligne."""
    style = replace(atelier.styles.corps, apres=0, interligne=(_LIGNE + 4) * atelier.styles.echelle)
    texte = atelier.mots("vierge.date") if champ.genre is Genre.DATE else _unite(atelier, champ)
    return Pile(blocs=[atelier.texte(texte or "\u00a0", replace(style, a_droite=bool(champ.champ.unite)), noeud)])


def _unite(atelier: Atelier, champ: ChampDossier) -> str:
    """L'unité à côté de ce qui s'écrit, au pluriel : on ne sait pas encore combien."""
    return atelier.mots.mesure(champ.champ.unite, 2) if champ.champ.unite else ""


def _liste(atelier: Atelier, parent: Noeud, rubrique: Rubrique, lignes: int) -> Iterator[Bloc]:
    """Un tableau vide : une colonne par champ, une ligne par personne ou par ressource."""
    petit, k, vocabulaire = replace(atelier.styles.petit, apres=0), atelier.styles.echelle, atelier.donnees.vocabulaire
    tableau = parent.ajouter("Table")
    champs = {champ.chemin: champ for champ in inventaire().listes[rubrique.liste].champs}
    questions = [(champs[nom], vocabulaire.question(f"{rubrique.liste}.elements.x.{nom}")) for nom in rubrique.champs]
    noms = [(posee.court if posee and posee.court else _nom(atelier, champ, posee)) for champ, posee in questions]
    larges: list[float | None] = [None, *(_large(atelier, len(noms)) for _ in noms[1:])]
    rangee = tableau.ajouter("TR")
    entete = [atelier.cellule(rangee, (nom, petit), role="TH") for nom in noms]
    yield atelier.rangee(entete, larges, avec_suivant=True, marge=3.0)
    for _ in range(lignes):
        rangee = tableau.ajouter("TR")
        vides = [atelier.cellule(rangee, ("\u00a0", atelier.styles.corps)) for _ in noms]
        yield atelier.rangee(vides, larges, marge=2.0 * k, filet=0.6)


def _large(atelier: Atelier, colonnes: int) -> float:
    """La largeur d'une colonne, gouttières ôtées."""
    from impressions.pages import LARGE

    return (LARGE - 12 * atelier.styles.echelle * (colonnes - 1)) / colonnes


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {
    "code_du_formulaire": _code,
    "cases_vides": _cases_vides,
}
