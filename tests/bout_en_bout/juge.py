"""Ce qui doit rester vrai, quel que soit l'ordre : recalculé des opérations elles-mêmes, sans la fusion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mondes import Monde, Poste

from modele.dossier.operations import Operation
from modele.dossier.unites import unite
from modele.fusion import EtatDossier, document
from modele.fusion.etat import PRESENT
from modele.protocole.empreintes import empreinte_du_perimetre

_ENTETE = {"id", "territoire", "schema", "cree_le"}
_TOURS = 8


def vider(postes: Sequence[Poste]) -> None:
    """Plus de panne : chacun échange jusqu'à ce que rien n'attende nulle part. Personne ne reste dans une impasse."""
    for _ in range(_TOURS):
        for poste in postes:
            bilan = poste.synchro.tour()
            assert bilan.panne == "", f"impasse : {bilan.panne}"
        if not any(poste.synchro.etat().attente for poste in postes):
            # Un dernier tour : chacun reçoit ce que les autres viennent d'envoyer.
            for poste in postes:
                assert poste.synchro.tour().panne == ""
            return
    raise AssertionError("la boîte d'envoi ne se vide pas")


def exiger(monde: Monde, postes: Sequence[Poste], saisies: Iterable[str]) -> None:
    """Rien de perdu, rien de doublé, indépendance de l'ordre, tous égaux. ``saisies`` : les opérations durables."""
    operations = monde.operations()
    recues = [operation.entete.id for _, operation in operations]
    assert len(recues) == len(set(recues)), "une opération est entrée deux fois"
    assert set(saisies) <= set(recues), f"perdues : {set(saisies) - set(recues)}"
    etats = monde.etats()
    for lequel, etat in etats.items():
        du_dossier = [operation for _, operation in operations if operation.entete.dossier == lequel]
        assert tetes(etat) == tetes_attendues(du_dossier), "une tête manque, ou revient"
    for poste in postes:
        _exiger_le_poste(poste, etats)


def tetes(etat: EtatDossier) -> dict[str, set[str]]:
    """Les opérations vivantes de chaque unité."""
    return {cle: {tete.operation for tete in dites if tete.operation != PRESENT} for cle, dites in etat.unites.items()}


def tetes_attendues(operations: Iterable[Operation]) -> dict[str, set[str]]:
    """Celles qu'aucune autre n'a remplacées en l'ayant vue : un ensemble, donc sans ordre."""
    ecrites: dict[str, set[str]] = defaultdict(set)
    remplacees: dict[str, set[str]] = defaultdict(set)
    for operation in operations:
        for chemin, champ in operation.champs.items():
            if chemin not in _ENTETE:
                ecrites[unite(chemin)].add(operation.entete.id)
                remplacees[unite(chemin)] |= {champ.vu or "", *champ.tranche}
    return {cle: dites - remplacees[cle] for cle, dites in ecrites.items()}


def _exiger_le_poste(poste: Poste, etats: Mapping[str, EtatDossier]) -> None:
    versions = dict(poste.coffre.echanges.versions())
    attendues = {lequel: etat.version for lequel, etat in etats.items()}
    assert empreinte_du_perimetre(versions) == empreinte_du_perimetre(attendues), "les postes ne sont pas égaux"
    assert poste.coffre.verifier_chaine() == []
    assert poste.synchro.etat().quarantaine == ()
    for lequel, etat in etats.items():
        montre = {cle: dit for cle, dit in poste.coffre.lire(lequel).items() if cle not in ("schema", "cree_le")}
        assert montre == document(etat), "le poste ne montre pas ce que le registre tient"
