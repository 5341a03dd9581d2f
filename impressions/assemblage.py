"""Assembler une fiche : son en-tête, ses blocs, son pied et ce que le PDF dira de lui-même."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.bilingue import pas_relu
from impressions.blocs import Bloc, Filet, Pile
from impressions.donnees import Donnees
from impressions.gabarit import rendre
from impressions.images import HAUT_AU_PLUS, Figure, preparer
from impressions.pages import Identite
from impressions.papier import OBSERVES_TUS, restes_en_francais
from impressions.redaction import rediger
from impressions.sens import droite_a_gauche
from impressions.styles import ENCRE, styles
from impressions.sures import TexteSur
from modele.fiches import Fiche
from modele.mots.ecriture import en_francais
from modele.mots.phrases import mots
from modele.regles.fautes import ErreurUtilisateur

INVENTEE = "Formation : personne inventée"


@dataclass(frozen=True, slots=True)
class Assemblage:
    """Une fiche prête à répartir en pages. ``manques``, ``alertes`` : ce qui se dit à l'agent (``Papier``)."""

    blocs: list[Bloc]
    racine: Noeud
    identite: Identite
    manques: tuple[str, ...] = ()
    alertes: tuple[str, ...] = ()


def assembler(fiche: Fiche, donnees: Donnees, *, grands_caracteres: bool) -> Assemblage:
    """Les blocs de ``fiche`` pour ``donnees``. Lève ``ErreurUtilisateur`` si la fiche est fautive."""
    dits = mots(fiche.langue)
    donnees, tus = _dits_ici(fiche, donnees)
    racine = Noeud("Document")
    allure = styles(grands_caracteres=grands_caracteres, miroir=droite_a_gauche(dits.langue))
    atelier = Atelier(dits, allure, racine, fiche, donnees)
    corps, sous_titre, pied = rendre(fiche, donnees, dits)
    sur = TexteSur(dits("page.autre_recours"))
    corps = sur.nettoyer(corps)
    atelier.demande = sur.demande
    blocs = [*_entete(atelier, sous_titre), *rediger(atelier, corps, racine)]
    if atelier.a_confirmer:
        style = replace(atelier.styles.petit, avant=8 * atelier.styles.echelle)
        blocs.append(atelier.texte(dits("page.a_confirmer"), style, racine.ajouter("P")))
    identite = Identite(
        titre=atelier.lisible(fiche.titre),
        langue=fiche.langue,
        creation=donnees.date_impression,
        pied=atelier.lisible(_pied(atelier, pied)),
        numerotation=atelier.lisible(dits("page.numerotation", n="{n}", total="{total}")),
        style_pied=atelier.styles.pied,
        miroir=atelier.miroir,
        filigrane=INVENTEE if donnees.formation else "",
    )
    alertes = (*atelier.alertes, *tus, *restes_en_francais(atelier.non_redits, fiche.langue))
    return Assemblage(blocs, racine, identite, tuple(atelier.manques), alertes)


def _dits_ici(fiche: Fiche, donnees: Donnees) -> tuple[Donnees, tuple[str, ...]]:
    """Ce que le système officiel a observé ne se dit qu'en français : ailleurs il n'entre pas, et l'agent le sait."""
    if donnees.observes is None or en_francais(fiche.langue):
        return donnees, ()
    annoncees = donnees.observes.lignes and "observes" in fiche.corps
    return replace(donnees, observes=None), (OBSERVES_TUS,) if annoncees else ()


def _entete(atelier: Atelier, sous_titre: str) -> list[Bloc]:
    styles_, racine, k = atelier.styles, atelier.racine, atelier.styles.echelle
    titre = atelier.texte(atelier.fiche.titre, styles_.titre, racine.ajouter("H1"))
    gauche: list[Bloc] = [titre]
    if sous_titre:
        gauche.append(atelier.texte(_nu(sous_titre), styles_.sous_titre, racine.ajouter("P")))
    droite: list[Bloc] = [*_logo(atelier)]
    lieu = atelier.donnees.lieu
    if lieu is not None:
        style = replace(styles_.petit, a_droite=True, apres=0)
        bloc = racine.ajouter("P")
        segments = [
            atelier.segment(lieu.nom, style, "demi"),
            atelier.segment("".join(f"\n{x}" for x in lieu.lignes), style),
        ]
        droite.append(atelier.texte(segments, style, bloc))
    if atelier.donnees.agent:
        style = replace(styles_.petit, a_droite=True, apres=0)
        droite.append(atelier.texte(atelier.donnees.agent, style, racine.ajouter("P")))
    colonnes, larges = [Pile(blocs=gauche)], [None]
    rangee = atelier.rangee(colonnes, larges, marge=0.0, filet=0.0)
    if droite:
        rangee = atelier.rangee([*colonnes, Pile(blocs=droite)], (None, 150 if k == 1 else 178), marge=0.0, filet=0.0)
    return [
        replace(rangee, apres=9 * k, signet=titre.segments[0].texte),
        Filet(epaisseur=1.4, couleur=ENCRE, apres=14 * k),
    ]


def _logo(atelier: Atelier) -> Iterator[Bloc]:
    """Le logo de la structure ; un fichier abîmé se dit à l'agent, et le papier s'imprime sans lui."""
    donnees, k = atelier.donnees, atelier.styles.echelle
    if donnees.logo is None:
        return
    nom = donnees.lieu.nom if donnees.lieu is not None else donnees.territoire.nom
    try:
        pixels = preparer(donnees.logo)
    except ErreurUtilisateur as faute:
        atelier.alertes.append(str(faute))
        return
    noeud = atelier.racine.ajouter("Figure", alt=atelier.mots("page.logo", lieu=nom))
    yield Figure(pixels=pixels, noeud=noeud, haut_au_plus=HAUT_AU_PLUS * k, a_droite=not atelier.miroir, apres=6 * k)


def _pied(atelier: Atelier, pied: str) -> str:
    morceaux = [INVENTEE, _nu(pied)] if atelier.donnees.formation else [_nu(pied)]
    if atelier.donnees.territoire.exemple:
        morceaux.append(atelier.mots("page.sans_valeur"))
    if atelier.donnees.mentions is None and not atelier.fiche.surete.reservee:
        morceaux.append(atelier.mots("page.essai"))
    morceaux += pas_relu(atelier)
    return " · ".join(filter(None, morceaux))


def _nu(ligne: str) -> str:
    """Une ligne de gabarit sans ses échappements : elle n'est pas lue comme du Markdown."""
    return ligne.replace("\\", "").strip()
