"""Les blocs de la note. Les points ne s'impriment qu'ici, avec la mention qui dit de qui est la note officielle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc, Filet, Pile
from impressions.styles import ENCRE
from modele.cotation.resultat import Cotation, Fourchette, LigneCritere, LigneRubrique, Preuve, SorteReserve
from modele.mots.ecriture import dire_date_longue, majuscule
from modele.mots.note import DiseurDeNote
from modele.regles.fautes import ErreurUtilisateur

_PREUVE, _POINTS = 118.0, 62.0
_DERNIERES = 4
_RUBRIQUE_COURTE = 6
_ETROIT = 1.2  # au-delà de cette échelle, la preuve passe sous la ligne : la colonne serait trop étroite


def _cotation(atelier: Atelier) -> Cotation:
    if atelier.donnees.cotation is None:
        raise ErreurUtilisateur(
            f"La fiche « {atelier.fiche.id} » imprime une note, et aucune n’a été calculée : choisissez un territoire"
            " dont la grille est connue."
        )
    return atelier.donnees.cotation


def _total(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """La note en grand, ce qu'elle vaut, ses réserves."""
    note, mots, styles = _cotation(atelier), atelier.mots, atelier.styles
    titre = mots.fourchette(note.declaree)
    partielle = note.statut == "partielle"
    if partielle:
        titre = mots("note.partielle", note=titre)
    phrases = [mots("note.partielle_suite")] if partielle else []
    phrases += _verification(atelier, note)
    if not note.declaree.certaine:
        phrases.append(mots("note.peut_changer"))
    if not note.exact:
        phrases.append(mots("note.inexacte"))
    style = replace(styles.grand, taille=styles.grand.taille * 0.72, interligne=styles.grand.interligne * 0.76)
    blocs: list[Bloc] = [
        atelier.texte(titre, style if partielle else styles.grand, parent.ajouter("P"), avec_suivant=True)
    ]
    blocs.append(atelier.texte(" ".join(phrases), styles.corps, parent.ajouter("P")))
    mention = [atelier.segment(_mention(atelier, note), styles.corps, "gras")]
    blocs.append(atelier.texte(mention, styles.corps, parent.ajouter("P"), apres=3))
    blocs += [atelier.texte(r, styles.corps, parent.ajouter("P"), apres=3) for r in _reserves(atelier, note)]
    blocs[-1].apres = styles.corps.apres
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
    statut = _phrase(atelier.mots(f"note.statut_{note.statut}"))
    dites = [r for r in note.reserves if r.sorte is not SorteReserve.PARTIELLE]
    reserves = [_phrase(DiseurDeNote(atelier.mots).reserve(r)) for r in dites]
    return reserves if note.statut == "officielle" else [statut, *reserves]


def _mention(atelier: Atelier, note: Cotation) -> str:
    """La mention de la cotation ; à défaut, une mention générale : aucune note ne s'imprime sans elle."""
    return _phrase(note.mention if note.mention.strip() else atelier.mots("note.mention"))


def _phrase(texte: str) -> str:
    fini = texte.strip()
    return majuscule(fini if fini.endswith((".", "!", "?")) else f"{fini}.")


def _detail(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Le tableau : chaque rubrique, chaque ligne, sa preuve, ses points, puis le total."""
    note, styles = _cotation(atelier), atelier.styles
    tableau = parent.ajouter("Table")
    blocs: list[Bloc] = [_entete(atelier, tableau)]
    attendent = [rubrique for rubrique in note.rubriques if _toute_en_attente(rubrique)]
    for rubrique in note.rubriques:
        if rubrique not in attendent:
            blocs += _rubrique(atelier, tableau, rubrique)
    if attendent:
        blocs.append(_en_attente(atelier, tableau, attendent))
    if len(blocs) > _DERNIERES:  # le total garde au-dessus de lui une ligne de la dernière rubrique
        blocs[-2].avec_suivant, blocs[-1].avec_suivant = False, True
    blocs[-1].apres = 0
    blocs.append(Filet(epaisseur=1.3, couleur=ENCRE, avec_suivant=True))
    ligne = tableau.ajouter("TR")
    colonnes = [
        atelier.cellule(
            ligne,
            (atelier.mots(f"detail.total{'_partiel' if note.statut == 'partielle' else ''}"), styles.total),
            (_ecart_total(atelier, note), styles.petit),
        ),
        atelier.cellule(ligne, (atelier.mots.fourchette_courte(note.declaree), styles.total_points)),
    ]
    blocs.append(atelier.rangee(colonnes, (None, 130 * styles.echelle), filet=0.0, avec_suivant=True))
    blocs.append(atelier.texte(_mention(atelier, note), styles.petit, parent.ajouter("P")))
    return blocs


def _colonnes(atelier: Atelier, texte: Pile, preuve: Pile, points: Pile, **reglages: object) -> Bloc:
    """Une rangée du tableau : trois colonnes, ou deux en grands caractères (la preuve est alors dans le texte)."""
    large = _POINTS * atelier.styles.echelle
    if atelier.styles.echelle > _ETROIT:
        return atelier.rangee([texte, points], (None, large), **reglages)
    return atelier.rangee([texte, preuve, points], (None, _PREUVE, large), **reglages)


def _entete(atelier: Atelier, tableau: Noeud) -> Bloc:
    ligne = tableau.ajouter("TR")
    petit = replace(atelier.styles.petit, apres=0)
    texte, preuve, points = (
        atelier.cellule(
            ligne, (atelier.mots(f"detail.colonne_{nom}"), replace(petit, a_droite=nom == "points")), role="TH"
        )
        for nom in ("ligne", "preuve", "points")
    )
    return _colonnes(atelier, texte, preuve, points, filet=0.9, couleur=ENCRE, avec_suivant=True, marge=3.0)


def _rubrique(atelier: Atelier, tableau: Noeud, rubrique: LigneRubrique) -> list[Bloc]:
    styles = atelier.styles
    ligne = tableau.ajouter("TR")
    nom, cumul = rubrique.libelle, DiseurDeNote(atelier.mots).cumul(rubrique)
    regles = [atelier.sure(rubrique.confiance, cumul), _bornes(atelier, rubrique)]
    colonnes = [
        atelier.cellule(ligne, (nom, styles.fort), *((_phrase(texte), styles.petit) for texte in regles if texte)),
        atelier.cellule(ligne, (atelier.mots.fourchette_courte(rubrique.points), styles.points)),
    ]
    attendent = [c for c in rubrique.criteres if _en_suspens(c)]
    comptes = [c for c in rubrique.criteres if (c.compte is not False or c.non_compte) and c not in attendent]
    tus = [c for c in rubrique.criteres if c.compte is False and not c.non_compte]
    blocs: list[Bloc] = [
        atelier.rangee(
            colonnes,
            (None, 130 * styles.echelle),
            avec_suivant=bool(comptes),
            filet=0.0 if comptes or tus or attendent else 0.6,
            marge=4 * styles.echelle,
        )
    ]
    for rang, critere in enumerate(comptes):
        dernier = rang == len(comptes) - 1 and not (tus or attendent)
        blocs.append(_critere(atelier, tableau, critere, filet=0.6 if dernier else 0.0))
    if tus:
        blocs.append(_sans_effet(atelier, tableau, tus))
    if attendent:
        cle = "detail.en_attente_une" if len(attendent) == 1 else "detail.en_attente_plusieurs"
        blocs.append(_note_de_rubrique(atelier, tableau, atelier.mots(cle, n=len(attendent))))
    return _tenir_ensemble(blocs)


def _tenir_ensemble(blocs: list[Bloc]) -> list[Bloc]:
    """Une courte rubrique ne se partage pas entre deux pages ; une longue n'y laisse ni son titre, ni sa fin seuls."""
    for bloc in blocs[:-1] if len(blocs) <= _RUBRIQUE_COURTE else (blocs[0], blocs[-2]):
        bloc.avec_suivant = True
    return blocs


def _critere(atelier: Atelier, tableau: Noeud, critere: LigneCritere, *, filet: float) -> Bloc:
    styles, mots = atelier.styles, atelier.mots
    ligne = tableau.ajouter("TR")
    serre = replace(styles.corps, apres=1, retrait=12 * styles.echelle)
    petit = replace(styles.petit, retrait=12 * styles.echelle, apres=0)
    diseur = DiseurDeNote(mots)
    non_compte = (diseur.non_compte(critere) or mots("detail.non_compte")) if critere.compte is False else ""
    autre = mots("detail.selon_autre") if critere.compte is None else ""
    constat = " · ".join(diseur.constats(critere))
    dite = atelier.sure(critere.confiance, " · ".join(filter(None, (diseur.regle(critere), critere.reference))))
    regle = " · ".join(filter(None, (constat, dite)))
    textes = [(critere.libelle, serre)]
    textes += [(texte, petit) for texte in (regle, autre, majuscule(non_compte)) if texte]
    points = mots.fourchette_courte(critere.points) if critere.compte is not False else "—"
    preuve = majuscule(_preuve(atelier, critere))
    if styles.echelle > _ETROIT and preuve:
        textes.append((preuve, petit))
    colonnes = (
        atelier.cellule(ligne, *textes),
        atelier.cellule(ligne, (preuve, replace(styles.petit, apres=0))),
        atelier.cellule(ligne, (points, styles.points_doux)),
    )
    return _colonnes(atelier, *colonnes, filet=filet, marge=3.2 * styles.echelle)


def _preuve(atelier: Atelier, critere: LigneCritere) -> str:
    if critere.compte is False:
        return ""
    texte = atelier.mots(f"preuve.{critere.preuve.value}")
    if critere.preuve in (Preuve.DECLARE, Preuve.MANQUANT) and critere.pieces:
        noms = {**atelier.donnees.noms_pieces, **{une.piece.id: une.piece.libelle for une in atelier.donnees.pieces}}
        # Une pièce qui n'est encore que possible se nomme aussi : jamais son code.
        if pieces := ", ".join(noms[piece] for piece in critere.pieces if piece in noms):
            texte = atelier.mots("detail.apporter", preuve=texte, pieces=pieces)
    return texte


def _en_suspens(critere: LigneCritere) -> bool:
    """Vrai d'une ligne qui ne dit encore que « 0 à X, réponse à donner » : la page n'y gagne rien, la liste suffit."""
    return critere.compte is not False and bool(critere.faits_inconnus) and not critere.points.certaine


def _toute_en_attente(rubrique: LigneRubrique) -> bool:
    restent = [c for c in rubrique.criteres if c.compte is not False or c.non_compte]
    return bool(restent) and all(map(_en_suspens, restent))


def _en_attente(atelier: Atelier, tableau: Noeud, rubriques: list[LigneRubrique]) -> Bloc:
    """Une seule phrase pour toutes les rubriques dont rien n'est encore su, avec ce qu'elles peuvent valoir."""
    lignes = " ; ".join(f"{r.libelle} ({atelier.mots.fourchette_courte(r.points)})" for r in rubriques)
    return _note_de_rubrique(atelier, tableau, atelier.mots("detail.en_attente", lignes=lignes))


def _sans_effet(atelier: Atelier, tableau: Noeud, criteres: list[LigneCritere]) -> Bloc:
    lignes = " ; ".join(critere.libelle for critere in criteres)
    return _note_de_rubrique(atelier, tableau, atelier.mots("detail.non_applicables", lignes=lignes))


def _note_de_rubrique(atelier: Atelier, tableau: Noeud, phrase: str) -> Bloc:
    style = replace(atelier.styles.petit, retrait=12 * atelier.styles.echelle, apres=0)
    colonne = atelier.cellule(tableau.ajouter("TR"), (phrase, style))
    return atelier.rangee([colonne], (None,), marge=3.2 * atelier.styles.echelle)


def _bornes(atelier: Atelier, rubrique: LigneRubrique) -> str:
    """Le plafond ou le plancher dit en mots, quand la colonne ne s'additionne pas."""
    somme = _somme(tuple(c.points for c in rubrique.criteres if c.compte))
    if any(c.compte is None for c in rubrique.criteres) or not rubrique.points.certaine:
        return ""
    if somme is None or rubrique.points.min is None or somme == rubrique.points.min:
        return ""
    cle = "detail.ramene_plafond" if somme > rubrique.points.min else "detail.releve_plancher"
    dits = {"rubrique": atelier.mots.points(rubrique.points.min), "somme": atelier.mots.points(somme)}
    return atelier.mots(cle, **dits)


def _ecart_total(atelier: Atelier, note: Cotation) -> str:
    somme = _somme(tuple(rubrique.points for rubrique in note.rubriques))
    if somme is None or not note.declaree.certaine or note.declaree.min in (None, somme):
        return ""
    total = atelier.mots.fourchette(note.declaree)
    return atelier.mots("detail.ramene_grille", somme=atelier.mots.points(somme), total=total)


def _somme(points: tuple[Fourchette, ...]) -> Decimal | None:
    valeurs = [p.min for p in points if p.certaine and p.min is not None]
    return sum(valeurs, Decimal(0)) if len(valeurs) == len(points) else None


def _reste(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Les questions dont dépend encore la note, sans les points : personne ne doit lire ici quoi répondre.

    ``contenu`` : combien en dire au plus.
    """
    mots, style, questions = atelier.mots, atelier.styles.puce, atelier.donnees.a_demander
    if not questions:
        cle = "reste.avec_l_agent" if _cotation(atelier).decisifs else "reste.rien"
        return [atelier.texte(mots(cle), atelier.styles.corps, parent.ajouter("P"))]
    combien = int(contenu) if contenu.strip().isdigit() else len(questions)
    textes = [majuscule(question) for question in questions[:combien]]
    autres = len(questions) - combien
    if autres > 0:
        textes.append(mots("reste.autres" if autres > 1 else "reste.autre", n=autres))
    liste = parent.ajouter("L")
    blocs: list[Bloc] = [
        atelier.texte(texte, style, liste.ajouter("LI").ajouter("LBody"), puce="•") for texte in textes
    ]
    blocs[-1].apres = atelier.styles.corps.apres
    return blocs


def _circuits(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Les circuits à part : ils n'ôtent ni n'ajoutent de points."""
    return [
        atelier.texte(
            atelier.mots(f"note.circuit_{'certain' if c.certain else 'possible'}", libelle=c.libelle),
            atelier.styles.corps,
            parent.ajouter("P"),
        )
        for c in _cotation(atelier).hors_cotation
    ]


def _sources(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """D'où vient la grille."""
    note = _cotation(atelier)
    textes = [f"{note.nommer_la_grille(atelier.mots(f'note.statut_{note.statut}'))}."]
    for source in note.sources:
        releve = dire_date_longue(source.releve_le, atelier.mots.langue) if source.releve_le else ""
        textes.append(" · ".join(filter(None, (source.titre, source.url, releve))))
    return [atelier.texte(texte, atelier.styles.petit, parent.ajouter("P"), avec_suivant=True) for texte in textes]


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {
    "total": _total,
    "detail": _detail,
    "reste": _reste,
    "circuits": _circuits,
    "sources": _sources,
}
