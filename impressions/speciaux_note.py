"""Les blocs de la note. Les points ne s'impriment qu'ici, avec la mention qui dit de qui est la note officielle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from impressions.annuaire import taire_l_a_valider
from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc
from impressions.detail_de_la_note import detailler, dire_autres_lignes, gagnees, rangee_courte
from impressions.mention_de_la_note import exiger_une_note, finir, mentionner
from modele.cotation.resultat import Cotation, SorteReserve
from modele.mots.ecriture import dire_date_longue, majuscule
from modele.mots.note import DiseurDeNote

_GAGNEES: Final = 5
"""Au-delà, la première page ne tiendrait plus ; le détail les dit toutes."""


def _total(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """La note en grand, ce qu'elle vaut, ses réserves."""
    note, mots, styles = exiger_une_note(atelier), atelier.mots, atelier.styles
    titre = mots.fourchette(note.declaree)
    partielle = note.statut == "partielle"
    if partielle:
        titre = mots("note.partielle", note=titre)
    phrases = [mots("note.partielle_suite")] if partielle else []
    phrases += _verification(atelier, note)
    if not note.declaree.certaine:
        phrases.append(mots("note.peut_changer"))
    style = replace(styles.grand, taille=styles.grand.taille * 0.72, interligne=styles.grand.interligne * 0.76)
    blocs: list[Bloc] = [
        atelier.texte(titre, style if partielle else styles.grand, parent.ajouter("P"), avec_suivant=True)
    ]
    blocs.append(atelier.texte(" ".join(phrases), styles.corps, parent.ajouter("P")))
    mention = [atelier.segment(mentionner(atelier, note), styles.corps, "gras")]
    blocs.append(atelier.texte(mention, styles.corps, parent.ajouter("P"), apres=3))
    reserves = [*_reserves(atelier, note), *([] if note.exact else [mots("note.inexacte")])]
    blocs.append(atelier.texte(" ".join(reserves), styles.petit, parent.ajouter("P")))
    blocs[-1].apres = styles.corps.apres
    return blocs


def _gagnees(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Ce qui fait la note aujourd'hui : chaque ligne qui rapporte ou retire déjà, sa preuve, ses points."""
    lignes = gagnees(exiger_une_note(atelier))
    if not lignes:
        return [atelier.texte(atelier.mots("gagnees.rien"), atelier.styles.corps, parent.ajouter("P"))]
    tableau = parent.ajouter("Table")
    combien = min(len(lignes), _GAGNEES)
    blocs = [rangee_courte(atelier, tableau, ligne) for ligne in lignes[:combien]]
    if autres := len(lignes) - combien:
        dit = atelier.mots("gagnees.autres", n=autres)
        blocs.append(atelier.texte(dit, atelier.styles.petit, parent.ajouter("P")))
    blocs[-1].apres = atelier.styles.corps.apres
    return blocs


def _verification(atelier: Atelier, note: Cotation) -> list[str]:
    if note.verifiee == note.declaree:
        return [atelier.mots("note.verifiee_egale")] if note.declaree.certaine else []
    phrases = [atelier.mots("note.verifiee", note=atelier.mots.fourchette(note.verifiee))]
    if _retire(note):
        phrases.append(atelier.mots("note.verifiee_negative"))
    return phrases


def _retire(note: Cotation) -> bool:
    return any(c.points.min is not None and c.points.min < 0 for r in note.rubriques for c in r.criteres)


def _reserves(atelier: Atelier, note: Cotation) -> list[str]:
    """Le statut de la grille, puis les réserves, sans redire ce que le titre d'une grille partielle dit déjà."""
    statut = finir(atelier.mots(f"note.statut_{note.statut}"), atelier.mots.langue)
    dites = [r for r in note.reserves if r.sorte is not SorteReserve.PARTIELLE]
    imprimables = filter(None, (taire_l_a_valider(DiseurDeNote(atelier.mots).reserve(r)) for r in dites))
    reserves = [finir(dite, atelier.mots.langue) for dite in imprimables]
    return reserves if note.statut == "officielle" else [statut, *reserves]


def _reste(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Les questions dont dépend encore la note, sans les points : personne ne doit lire ici quoi répondre.

    ``contenu`` : combien en dire au plus.
    """
    mots, style, questions = atelier.mots, atelier.styles.puce, atelier.donnees.a_demander
    if not questions:
        cle = "reste.avec_l_agent" if exiger_une_note(atelier).decisifs else "reste.rien"
        return [atelier.texte(mots(cle), atelier.styles.corps, parent.ajouter("P"))]
    combien = int(contenu) if contenu.strip().isdigit() else len(questions)
    textes = [majuscule(question, mots.langue) for question in questions[:combien]]
    autres = len(questions) - combien
    if autres > 0:
        textes.append(mots("reste.autres" if autres > 1 else "reste.autre", n=autres))
    liste = parent.ajouter("L")
    blocs: list[Bloc] = [
        atelier.texte(texte, style, liste.ajouter("LI").ajouter("LBody"), puce="•") for texte in textes
    ]
    blocs[-1].apres = atelier.styles.corps.apres
    return blocs


def _circuits(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Les circuits à part : ils n'ôtent ni n'ajoutent de points. ``contenu`` : « certains » ou « possibles »."""
    certains = contenu.strip() != "possibles"
    return [
        atelier.texte(
            atelier.mots(f"note.circuit_{'certain' if c.certain else 'possible'}", libelle=c.libelle),
            atelier.styles.corps if certains else atelier.styles.petit,
            parent.ajouter("P"),
        )
        for c in exiger_une_note(atelier).hors_cotation
        if c.certain is certains
    ]


def _autres_lignes(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Les lignes de la grille que le détail ne montre pas : combien, pourquoi, où les lire."""
    dites = dire_autres_lignes(atelier, exiger_une_note(atelier))
    return [atelier.texte(phrase, atelier.styles.corps, parent.ajouter("P")) for phrase in dites]


def _sources(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """D'où vient la grille."""
    note = exiger_une_note(atelier)
    textes = [f"{note.nommer_la_grille(atelier.mots(f'note.statut_{note.statut}'))}."]
    for source in note.sources:
        releve = dire_date_longue(source.releve_le, atelier.mots.langue) if source.releve_le else ""
        textes.append(" · ".join(filter(None, (source.titre, source.url, releve))))
    return [atelier.texte(texte, atelier.styles.petit, parent.ajouter("P"), avec_suivant=True) for texte in textes]


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {
    "total": _total,
    "gagnees": _gagnees,
    "detail": detailler,
    "autres_lignes": _autres_lignes,
    "reste": _reste,
    "circuits": _circuits,
    "sources": _sources,
}
