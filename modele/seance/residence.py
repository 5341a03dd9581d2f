"""Le motif d'une résidence à enjeu (CCH L441-2-2) : permis dans une résidence de la liste de la loi seulement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modele.residences.droit import droit as droit_des_residences
from modele.residences.listes import LEGALE, Residences
from modele.residences.rapprochement import Rapprochement, mots, rapprocher
from modele.seance.droit import Droit
from modele.seance.notions import Decision, Residence, Seance


def fautes(seance: Seance, residences: Residences, logement: Mapping[str, Any], droit: Droit) -> Iterator[str]:
    """Ce qui empêche d'écrire ce motif là. Tant qu'aucune liste n'est entrée, ce que la séance en dit est cru."""
    if seance.residence is None:
        return
    for une in _motivees(seance, droit):
        motif = droit.motifs[une.motif_legal]
        dit = f"« {motif.libelle} » ({motif.provenance.fondement})"
        if remede := _hors_liste(seance.residence, residences, logement):
            yield f"{une.dossier} : {dit} ne vaut que dans une résidence de la liste de la convention. {remede}"


def a_savoir(seance: Seance, residences: Residences, droit: Droit) -> Iterator[str]:
    """Ce qui se vérifie de la liste, sans rien empêcher."""
    if not _motivees(seance, droit):
        return
    liste, loi = residences.liste(LEGALE), droit_des_residences()
    if not liste.connue:
        qui = f", que tient {liste.a_remplir_par}" if liste.a_remplir_par else ""
        yield f"La liste de ce territoire n'est pas entrée{qui} : vérifiez l'annexe ({loi.liste.provenance.fondement})."
    elif liste.depassee(seance.tenue_le):
        yield (
            f"La liste du {liste.du:%d/%m/%Y} a plus de {loi.liste.annees} ans : vérifiez s'il y en a une nouvelle "
            f"({loi.liste.provenance.fondement})."
        )
    yield loi.offre.sourcee


def _motivees(seance: Seance, droit: Droit) -> list[Decision]:
    return [une for une in seance.decisions if une.motif_legal and droit.motifs[une.motif_legal].residence]


def _hors_liste(ecrite: Residence, residences: Residences, logement: Mapping[str, Any]) -> str:
    """Pourquoi la liste ne la porte pas, et que faire ; vide si elle la porte, ou si rien ne le dit encore."""
    commune = logement.get("code_insee")
    ou = rapprocher(
        {"residence": ecrite.nom, "code_insee": commune, "code_qpv": logement.get("code_qpv")}, residences.lieux
    )
    if ou.legale is not None:
        return _autre(ecrite, ou, rapprocher(logement, residences.lieux))
    if any(mots(un.nom) == mots(ecrite.nom) for un in residences.lieux if not un.legale):
        return f"« {ecrite.nom} » est seulement à surveiller. Écrivez un autre motif, ou attribuez."
    if not residences.liste(LEGALE).connue:
        return ""
    proches = [un.nom for un in ou.ressemblants if un.legale]
    suite = f" Ressemble à : {', '.join(proches)} ; écrivez son nom exact si c'est elle." if proches else ""
    return (
        f"« {ecrite.nom} » n'y est pas reconnue : vérifiez l'annexe, corrigez le nom, ou écrivez un autre motif.{suite}"
    )


def _autre(ecrite: Residence, ou: Rapprochement, du_logement: Rapprochement) -> str:
    """Le bailleur dit ce logement dans une autre résidence reconnue : l'un des deux se trompe."""
    siennes = [un for un in du_logement.reconnus if not un.quartier]
    if not siennes or any(un in siennes for un in ou.reconnus):
        return ""
    return (
        f"« {ecrite.nom} » est écrite, et le fichier du bailleur dit ce logement dans « {siennes[0].nom} » : vérifiez."
    )
