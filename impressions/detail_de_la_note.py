"""Le détail de la note : les lignes de la grille qui concernent cette personne, et où lire les autres.

Une ligne la concerne si elle rapporte ou retire quelque chose, si une autre l'a emporté sur elle, ou si une réponse qui
manque, et qu'une autre réponse appelle, peut encore la changer. Les autres tiennent en deux phrases : celles que ses
réponses écartent, et celles dont rien n'est encore su, qui peuvent toujours compter.

Essais : ``tests/impressions/test_papier_note.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc, Filet, Pile
from impressions.mention_de_la_note import exiger_une_note, finir, mentionner
from impressions.styles import ENCRE
from modele.cotation.resultat import Cotation, Fourchette, LigneCritere, LigneRubrique, Preuve
from modele.mots.ecriture import majuscule
from modele.mots.note import DiseurDeNote

_PREUVE, _POINTS = 118.0, 62.0
_DERNIERES = 4
_RUBRIQUE_COURTE = 6
_ETROIT = 1.2  # au-delà de cette échelle, la preuve passe sous la ligne : la colonne serait trop étroite


def gagnees(note: Cotation) -> list[LigneCritere]:
    """Les lignes acquises qui comptent dans leur rubrique, en plus ou en moins, les plus lourdes d'abord."""
    acquises = [c for r in note.rubriques for c in r.criteres if c.compte is not False and _acquis(c)]
    return sorted(acquises, key=_poids)


def concerne(critere: LigneCritere, appeles: frozenset[str]) -> bool:
    """Vrai si cette ligne a une raison de concerner la personne. ``appeles`` : les faits qu'une réponse appelle."""
    if critere.compte is False and not critere.non_compte:
        return False
    return _acquis(critere) or (critere.compte is not False and not appeles.isdisjoint(critere.faits_inconnus))


def dire_autres_lignes(atelier: Atelier, note: Cotation) -> Iterator[str]:
    """Combien de lignes ne sont pas montrées : celles que les réponses écartent, celles dont rien n'est su."""
    tues = [c for r in note.rubriques for c in r.criteres if not concerne(c, atelier.donnees.appeles)]
    ouvertes = sum(1 for c in tues if c.compte is not False and not c.points.certaine)
    for nombre, cle in ((ouvertes, "ouverte"), (len(tues) - ouvertes, "ecartee")):
        if nombre:
            yield atelier.mots(f"autres_lignes.{cle}{'s' if nombre > 1 else ''}", n=nombre)
    if tues:
        url = next((source.url for source in note.sources if source.url), "")
        yield atelier.mots(f"autres_lignes.{'ou_lire' if url else 'ou_demander'}", url=url)


def detailler(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Le tableau : chaque rubrique et ses lignes qui concernent la personne, leur preuve, leurs points ; le total."""
    note = exiger_une_note(atelier)
    tableau = parent.ajouter("Table")
    blocs: list[Bloc] = [_entete(atelier, tableau)]
    for rubrique in note.rubriques:
        if lignes := [c for c in rubrique.criteres if concerne(c, atelier.donnees.appeles)]:
            blocs += _rubrique(atelier, tableau, rubrique, lignes)
    tues = [r for r in note.rubriques if not any(concerne(c, atelier.donnees.appeles) for c in r.criteres)]
    if ouvertes := [r for r in tues if not r.points.certaine]:
        blocs.append(_en_attente(atelier, tableau, ouvertes))
    if len(blocs) > _DERNIERES:  # le total garde au-dessus de lui une ligne de la dernière rubrique
        blocs[-2].avec_suivant, blocs[-1].avec_suivant = False, True
    return [*blocs, *_totaliser(atelier, parent, tableau, note)]


def _totaliser(atelier: Atelier, parent: Noeud, tableau: Noeud, note: Cotation) -> Iterator[Bloc]:
    styles = atelier.styles
    yield Filet(epaisseur=1.3, couleur=ENCRE, avec_suivant=True)
    ligne = tableau.ajouter("TR")
    colonnes = [
        atelier.cellule(
            ligne,
            (atelier.mots(f"detail.total{'_partiel' if note.statut == 'partielle' else ''}"), styles.total),
            (_ecart_total(atelier, note), styles.petit),
        ),
        atelier.cellule(ligne, (atelier.mots.fourchette_courte(note.declaree), styles.total_points)),
    ]
    yield atelier.rangee(colonnes, (None, 130 * styles.echelle), filet=0.0, avec_suivant=True)
    yield atelier.texte(mentionner(atelier, note), styles.petit, parent.ajouter("P"))


def _poids(critere: LigneCritere) -> Decimal:
    """Le rang d'une ligne, la plus lourde d'abord."""
    return -max(abs(borne or Decimal(0)) for borne in (critere.points.min, critere.points.max))


def _acquis(critere: LigneCritere) -> bool:
    """Vrai si la ligne rapporte, ou retire, quelque chose quoi qu'on réponde encore."""
    bas, haut = critere.points.min, critere.points.max
    return (bas is not None and bas > 0) or (haut is not None and haut < 0)


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


def _rubrique(atelier: Atelier, tableau: Noeud, rubrique: LigneRubrique, lignes: Sequence[LigneCritere]) -> list[Bloc]:
    styles = atelier.styles
    ligne = tableau.ajouter("TR")
    cumul = DiseurDeNote(atelier.mots).cumul(rubrique)
    regles = [atelier.sure(rubrique.confiance, cumul), _bornes(atelier, rubrique)]
    colonnes = [
        atelier.cellule(
            ligne,
            (rubrique.libelle, styles.fort),
            *((finir(texte, atelier.mots.langue), styles.petit) for texte in regles if texte),
        ),
        atelier.cellule(ligne, (atelier.mots.fourchette_courte(rubrique.points), styles.points)),
    ]
    large = 130 * styles.echelle
    titre = atelier.rangee(colonnes, (None, large), avec_suivant=True, filet=0.0, marge=4 * styles.echelle)
    criteres = [_critere(atelier, tableau, c, filet=0.6 if c is lignes[-1] else 0.0) for c in lignes]
    return _tenir_ensemble([titre, *criteres])


def _tenir_ensemble(blocs: list[Bloc]) -> list[Bloc]:
    """Une courte rubrique ne se partage pas entre deux pages ; une longue n'y laisse ni son titre, ni sa fin seuls."""
    for bloc in blocs[:-1] if len(blocs) <= _RUBRIQUE_COURTE else (blocs[0], blocs[-2]):
        bloc.avec_suivant = True
    return blocs


def rangee_courte(atelier: Atelier, tableau: Noeud, critere: LigneCritere) -> Bloc:
    """Une ligne de la première page : ce qu'elle est, ce qui la prouve, ses points."""
    styles, ligne = atelier.styles, tableau.ajouter("TR")
    serre, petit = replace(styles.corps, apres=0), replace(styles.petit, apres=0)
    preuve = majuscule(atelier.mots(f"preuve.{critere.preuve.value}"), atelier.mots.langue)
    sous = ((preuve, petit),) if styles.echelle > _ETROIT else ()
    texte = atelier.cellule(ligne, (critere.libelle, serre), *sous)
    points = atelier.cellule(ligne, (atelier.mots.fourchette_courte(critere.points), styles.points))
    a_part = atelier.cellule(ligne, (preuve, petit)) if not sous else Pile(blocs=[])
    return _colonnes(atelier, texte, a_part, points, marge=1.6 * styles.echelle)


def _critere(atelier: Atelier, tableau: Noeud, critere: LigneCritere, *, filet: float) -> Bloc:
    styles, mots = atelier.styles, atelier.mots
    ligne = tableau.ajouter("TR")
    serre = replace(styles.corps, apres=1, retrait=12 * styles.echelle)
    petit = replace(styles.petit, retrait=12 * styles.echelle, apres=0)
    diseur = DiseurDeNote(mots)
    non_compte = (diseur.non_compte(critere) or mots("detail.non_compte")) if critere.compte is False else ""
    autre = mots("detail.selon_autre") if critere.compte is None and critere.points.certaine else ""
    constat = " · ".join(diseur.constats(critere, abreges=True))
    dite = atelier.sure(critere.confiance, " · ".join(filter(None, (diseur.regle(critere), critere.reference))))
    regle = " · ".join(filter(None, (constat, dite)))
    textes = [(critere.libelle, serre)]
    textes += [(texte, petit) for texte in (regle, autre, majuscule(non_compte, atelier.mots.langue)) if texte]
    points = mots.fourchette_courte(critere.points) if critere.compte is not False else "—"
    preuve = majuscule(_preuve(atelier, critere), atelier.mots.langue)
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
        if pieces := atelier.mots.enumerer(noms[piece] for piece in critere.pieces if piece in noms):
            texte = atelier.mots("detail.apporter", preuve=texte, pieces=pieces)
    return texte


def _en_attente(atelier: Atelier, tableau: Noeud, rubriques: list[LigneRubrique]) -> Bloc:
    """Une seule phrase pour toutes les rubriques dont rien n'est encore su, avec ce qu'elles peuvent valoir."""
    lignes = atelier.mots("liste.suite").join(
        f"{r.libelle} ({atelier.mots.fourchette_courte(r.points)})" for r in rubriques
    )
    return _note_de_rubrique(atelier, tableau, atelier.mots("detail.en_attente", lignes=lignes))


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
