"""Les blocs du dossier : réponses, pièces, échéances, numéros utiles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc, Pile
from impressions.dates import dates_du_papier
from impressions.reponses import Lecteur
from modele.mots.echeances import dire_acte_recu, dire_echeance, dire_fin, dire_suite
from modele.mots.ecriture import minuscule
from modele.orientation.contacts import Contact
from modele.orientation.resultat import Echeance, Voie
from modele.regles.fautes import ErreurUtilisateur

_PETIT_TABLEAU = 8


def _reponses(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Une ligne par réponse (« chemin : libellé », ou « chemin : libellé | unité ») ; les inconnues à la fin."""
    lecteur = Lecteur(atelier.donnees, atelier.mots)
    tableau = parent.ajouter("Table")
    style = replace(atelier.styles.corps, apres=0)
    blocs: list[Bloc] = []
    inconnues: list[str] = []
    for chemin, nom, unite in _champs(contenu):
        reponse = lecteur.reponse(chemin, unite)
        libelle = nom or atelier.donnees.vocabulaire.fait(chemin)
        if reponse is not None and reponse.inconnue:
            inconnues.append(minuscule(libelle))
        elif reponse is not None:
            ligne = tableau.ajouter("TR")
            dit = [
                atelier.segment(reponse.texte, style, "demi" if reponse.connue else "italique", doux=not reponse.connue)
            ]
            colonnes = [atelier.cellule(ligne, (libelle, style)), atelier.cellule(ligne, (dit, style))]
            blocs.append(atelier.rangee(colonnes, (190, None), marge=2.7 * atelier.styles.echelle))
    if inconnues:
        if blocs:
            blocs[-1].avec_suivant = True
        dit = [
            atelier.segment(
                atelier.mots("reponse.inconnus", questions=", ".join(inconnues)), style, "italique", doux=True
            )
        ]
        blocs.append(atelier.texte(dit, style, parent.ajouter("P"), avant=4 * atelier.styles.echelle))
    return _d_un_seul_tenant(blocs)


def _champs(contenu: str) -> list[tuple[str, str, str]]:
    champs = []
    for ligne in filter(None, map(str.strip, contenu.splitlines())):
        reste, _, unite = ligne.partition("|")
        chemin, _, libelle = reste.partition(":")
        champs.append((chemin.strip(), libelle.strip(), unite.strip()))
    return champs


def _pieces(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Les pièces ; « manquantes » ne garde que celles qui n'ont pas été vues."""
    seulement = contenu.strip() == "manquantes"
    retenues = [p for p in atelier.donnees.pieces if not (seulement and p.vue)]
    if not retenues:
        return [atelier.texte(atelier.mots("pieces.rien"), atelier.styles.corps, parent.ajouter("P"))]
    liste = parent.ajouter("L")
    style = atelier.styles.puce
    blocs: list[Bloc] = []
    for dite in retenues:
        piece = dite.piece
        cle = "vue" if dite.vue else piece.exigee_pour
        suite = f" — {atelier.mots(f'pieces.{cle}')}"
        note = "; ".join(filter(None, ("" if dite.sure else atelier.mots("pieces.selon"), piece.note)))
        segments = [atelier.segment(piece.libelle, style), atelier.segment(suite, style, doux=True)]
        if note:
            segments.append(atelier.segment(f" ({note})", style, doux=True))
        blocs.append(atelier.texte(segments, style, liste.ajouter("LI").ajouter("LBody"), puce="•"))
    blocs[-1].apres = atelier.styles.corps.apres
    return blocs


def _echeances(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Les dates des voies retenues, et ce qu'il en reste ; un papier sans date : « reçu le __/__ »."""
    dates = dates_du_papier(atelier.donnees.voies)
    tableau = parent.ajouter("Table") if dates.dites else None
    blocs: list[Bloc] = [_date(atelier, tableau, *dite) for dite in dates.dites if tableau is not None]
    if dates.tues:
        dit = atelier.mots("echeance.autre_delai")
        blocs.append(atelier.texte(dit, atelier.styles.corps, parent.ajouter("P")))
    return blocs


def _date(atelier: Atelier, tableau: Noeud, voie: Voie, echeance: Echeance) -> Bloc:
    ligne, styles, mots = tableau.ajouter("TR"), atelier.styles, atelier.mots
    quand = dire_echeance(echeance, mots) if echeance.le else dire_acte_recu(echeance, mots)
    suite = dire_suite(echeance, atelier.donnees.date_impression, mots)
    colonnes = [
        atelier.cellule(ligne, (echeance.libelle, replace(styles.corps, apres=0)), (voie.libelle, styles.petit)),
        atelier.cellule(ligne, (quand, styles.fort), (suite, styles.petit), (dire_fin(echeance, mots), styles.petit)),
    ]
    return atelier.rangee(colonnes, (None, 190), marge=4 * styles.echelle)


def _contacts(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Des numéros, un identifiant par ligne : « 115 », « 115 | libellé | horaires », « siao ? » (facultatif)."""
    tableau = parent.ajouter("Table")
    styles = atelier.styles
    serre = replace(styles.corps, apres=0)
    blocs: list[Bloc] = []
    for contact in filter(None, (_contact(atelier, ligne) for ligne in contenu.splitlines() if ligne.strip())):
        ligne = tableau.ajouter("TR")
        court = re.fullmatch(r"(\d\d)(\d\d)", contact.numero)
        numero = f"{court[1]} {court[2]}" if court else contact.numero or contact.url
        details = " · ".join(filter(None, (contact.horaires, contact.quand if contact.local else "")))
        dit = [atelier.segment(f"{contact.libelle}{atelier.reserve(contact.provenance.confiance)}", serre)]
        if details:
            dit.append(replace(atelier.segment(f"  · {details}", serre, doux=True), taille=styles.petit.taille))
        colonnes = [atelier.cellule(ligne, (numero, styles.numero)), atelier.cellule(ligne, (dit, serre))]
        blocs.append(atelier.rangee(colonnes, (98 * styles.echelle, None), marge=3.4 * styles.echelle))
    return blocs


def _contact(atelier: Atelier, ligne: str) -> Contact | None:
    parties = [partie.strip() for partie in ligne.split("|")]
    identifiant = parties[0].removesuffix("?").strip()
    reservee = atelier.fiche.surete.reservee
    if reservee and len(parties) < 2:
        raise ErreurUtilisateur(
            f"La fiche « {atelier.fiche.id} » est prévue pour un dossier discret : le contact « {identifiant} » doit y"
            " porter son propre libellé (« identifiant | libellé neutre »)."
        )
    contact = atelier.donnees.contacts.get(identifiant)
    if contact is None:
        # Une fiche réservée est la même partout : elle ne perd jamais un numéro, même facultatif.
        if parties[0].endswith("?") and not reservee:
            return None
        raise ErreurUtilisateur(
            f"La fiche « {atelier.fiche.id} » demande le contact « {identifiant} », que contacts.toml ne donne pas"
            f"{' pour tout le pays' if reservee else ''} : ajoutez-le, ou retirez-le de la fiche."
        )
    if len(parties) > 1:
        contact = replace(contact, libelle=parties[1], horaires=parties[2] if len(parties) > 2 else "", quand="")
    return contact


def _tableau(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Un tableau à deux colonnes : « étape | délai | référence »."""
    tableau = parent.ajouter("Table")
    styles = atelier.styles
    serre = replace(styles.corps, apres=0)
    blocs: list[Bloc] = []
    for texte in filter(None, map(str.strip, contenu.splitlines())):
        gauche, milieu, reference = (*(partie.strip() for partie in texte.split("|")), "", "")[:3]
        ligne = tableau.ajouter("TR")
        colonnes = [
            atelier.cellule(ligne, (gauche, serre), (reference, styles.petit)),
            atelier.cellule(ligne, (milieu, styles.fort)),
        ]
        blocs.append(atelier.rangee(colonnes, (None, 250), marge=4 * styles.echelle))
    return _d_un_seul_tenant(blocs)


def _d_un_seul_tenant(blocs: list[Bloc]) -> list[Bloc]:
    """Un petit tableau se lit d'un coup d'œil : il ne se partage pas entre deux pages."""
    for bloc in blocs[:-1] if len(blocs) <= _PETIT_TABLEAU else ():
        bloc.avec_suivant = True
    return blocs


def _a_remplir(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Des lignes à compléter au stylo, une par libellé."""
    marge = 7 * atelier.styles.echelle
    blocs: list[Bloc] = []
    for texte in filter(None, map(str.strip, contenu.splitlines())):
        colonne = Pile(blocs=[atelier.texte(texte, replace(atelier.styles.corps, apres=0), parent.ajouter("P"))])
        blocs.append(atelier.rangee([colonne], (None,), marge=marge))
    return _d_un_seul_tenant(blocs)


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {
    "reponses": _reponses,
    "pieces": _pieces,
    "echeances": _echeances,
    "contacts": _contacts,
    "tableau": _tableau,
    "a_remplir": _a_remplir,
}
