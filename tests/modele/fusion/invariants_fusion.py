"""Ce qui doit toujours être vrai de ce que le registre a reçu, dans n'importe quel ordre."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from msgspec import UNSET
from oracle_fusion import attendues, divergentes, ignorees, simple
from postes_d_essai import Entree, Monde, citees, ecrites, fondre, tout_envoyer

from modele.dossier.chemins import ABSENT, Document, element_de, est_element, lire
from modele.fusion import EtatDossier, decoder_etat, divergences, document, encoder_etat
from modele.fusion.etat import PRESENT

_TOURS_AU_PLUS = 30
_DISCRET = "protection.discret"


def verifier(tenu: Monde, hasard: Random) -> None:
    """Tous les invariants, une fois tout envoyé, puis une fois tout tranché."""
    tout_envoyer(tenu)
    recues, etat = tenu.registre.recues, tenu.registre.etat
    assert dites(etat) == simple(attendues(recues))
    rien_ne_se_perd(etat, recues)
    en_vigueur_ne_change_pas_sans_avoir_ete_vu(tenu)
    l_ordre_ne_change_rien(etat, recues, hasard)
    les_octets_sont_stables(etat)
    tous_pareils_une_fois_tranche(tenu, hasard)


def dites(etat: EtatDossier) -> dict[str, Any]:
    """Par unité, les opérations qui la tiennent et ce qu'elles en disent."""
    trouvees = {}
    for cle, tetes in etat.unites.items():
        explicites = [tete for tete in tetes if tete.operation != PRESENT]
        trouvees[cle] = {tete.operation: simple(tete.valeurs) for tete in explicites}
        assert len(trouvees[cle]) == len(explicites)
    return {cle: qui for cle, qui in trouvees.items() if qui}


def rien_ne_se_perd(etat: EtatDossier, recues: Sequence[Entree]) -> None:
    """Toute valeur écrite se montre, ou se propose, ou quelqu'un qui l'avait sous les yeux l'a remplacée."""
    lu = document(etat)
    tiennent = attendues(recues)
    for entree in recues:
        for cle in ecrites(entree.operation):
            if entree.id not in tiennent.get(cle, ()):
                assert any(entree.id in citees(ecrites(une.operation).get(cle, {})) & une.passe for une in recues)
    proposees = {
        (divergence.unite, operation)
        for divergence in divergences(etat)
        for proposition in divergence.propositions
        for operation in proposition.operations
    }
    for cle, qui in tiennent.items():
        for operation, valeurs in qui.items():
            assert operation in etat.auteurs
            assert (
                _montree(lu, cle, valeurs)
                or {(cle, operation), (element_de(cle), operation)} & proposees
                or _retiree_en_le_sachant(lu, cle, operation, recues)
                or (cle.endswith(".ordre") and cle not in divergentes(recues))
            ), (cle, valeurs)
    if any(valeurs.get(_DISCRET) is True for valeurs in tiennent.get(_DISCRET, {}).values()):
        assert lire(lu, _DISCRET) is True


def _montree(lu: Document, cle: str, valeurs: dict[str, Any]) -> bool:
    if est_element(cle):
        return (lire(lu, cle) is not ABSENT) == bool(valeurs)
    return all(simple(lire(lu, champ)) == simple(valeur) for champ, valeur in valeurs.items())


def _retiree_en_le_sachant(lu: Document, cle: str, operation: str, recues: Sequence[Entree]) -> bool:
    element = element_de(cle)
    return element is not None and lire(lu, element) is ABSENT and operation not in ignorees(element, recues)


def _visibles(lu: Document, unites: set[str]) -> set[str]:
    """Sauf les champs d'un élément retiré, ou dont l'existence même diverge : ils ne se montrent que s'il est là."""
    return {
        cle
        for cle in unites
        if (element := element_de(cle)) is None or (element not in unites and lire(lu, element) is not ABSENT)
    }


def en_vigueur_ne_change_pas_sans_avoir_ete_vu(tenu: Monde) -> None:
    """Une valeur en vigueur le reste tant que nul qui l'avait vue ne la change ; un retiré ne revient pas seul."""
    avant = EtatDossier("", "")
    for entree, fusion in zip(tenu.registre.recues, tenu.registre.fusions, strict=True):
        apres, par_unite = fusion.etat, ecrites(entree.operation)
        lu_avant, lu_apres = document(avant), document(apres)
        for cle, tetes in avant.unites.items():
            champs = par_unite.get(cle, {})
            vue = tetes[0].operation in citees(champs) or tetes[0].operation == PRESENT
            assert vue or apres.unites[cle][0] == tetes[0], cle
            if (
                est_element(cle)
                and lire(lu_avant, cle) is ABSENT
                and all(champ.apres is UNSET for champ in champs.values())
            ):
                assert lire(lu_apres, cle) is ABSENT, cle
        if fusion.issue == "divergence":
            assert set(fusion.champs) <= {divergence.unite for divergence in divergences(apres)}
        avant = apres


def l_ordre_ne_change_rien(etat: EtatDossier, recues: Sequence[Entree], hasard: Random) -> None:
    """Les mêmes opérations dans un autre ordre possible : mêmes têtes, mêmes valeurs, mêmes divergences."""
    propositions = divergences_justes(etat, recues)
    for _ in range(3):
        autre = fondre(_melanger(recues, hasard))
        assert dites(autre) == dites(etat)
        autres = divergences_justes(autre, recues)
        assert all(propositions[unite] == autres[unite] for unite in propositions.keys() & autres.keys())
        assert (autre.version, autre.auteurs) == (etat.version, etat.auteurs)


def divergences_justes(etat: EtatDossier, recues: Sequence[Entree]) -> dict[str, list[Any]]:
    """Ce qui diverge est ce qui doit diverger ; par unité, qui propose quoi."""
    trouvees = {divergence.unite: divergence.propositions for divergence in divergences(etat)}
    visibles = _visibles(document(etat), set(trouvees))
    assert visibles == _visibles(document(etat), divergentes(recues))
    return {
        unite: sorted((sorted(une.operations), sorted(une.valeurs)) for une in trouvees[unite]) for unite in visibles
    }


def _melanger(recues: Sequence[Entree], hasard: Random) -> list[Entree]:
    """Un autre ordre d'arrivée où chacune vient après ce que son auteur connaissait."""
    restent, rangees, faites = list(recues), [], set[str]()
    while restent:
        prete = hasard.choice([entree for entree in restent if entree.passe <= faites])
        restent.remove(prete)
        rangees.append(prete)
        faites.add(prete.id)
    return rangees


def les_octets_sont_stables(etat: EtatDossier) -> None:
    """Lire ce qu'on écrit redonne le même état, et les mêmes octets."""
    octets = encoder_etat(etat)
    assert decoder_etat(octets) == etat
    assert encoder_etat(decoder_etat(octets)) == octets


def tous_pareils_une_fois_tranche(tenu: Monde, hasard: Random) -> None:
    """Chacun tranche ce qu'il voit, au hasard ; à la fin plus rien ne diverge et tous lisent la même chose."""
    for _ in range(_TOURS_AU_PLUS):
        if not any(poste.divergences() for poste in tenu.postes.values()):
            break
        for poste in tenu.postes.values():
            for _ in poste.divergences():
                poste.trancher(0, hasard.randrange(4))
            if hasard.random() < 0.5:
                poste.echanger()
        tout_envoyer(tenu)
    documents = [poste.document() for poste in tenu.postes.values()]
    assert all(not poste.divergences() for poste in tenu.postes.values())
    assert all(lu == documents[0] == document(tenu.registre.etat) for lu in documents)
    assert dites(tenu.registre.etat) == simple(attendues(tenu.registre.recues))
    _listes_completes(documents[0])


def _listes_completes(lu: Document) -> None:
    liste = lire(lu, "foyer.personnes")
    if isinstance(liste, dict) and "elements" in liste:
        assert sorted(liste["ordre"]) == sorted(liste["elements"])
