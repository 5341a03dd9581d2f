"""Ce que dit ``registre formation`` : les points difficiles du réseau, cas par cas ; jamais de qui."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modele.chiffres import Diffusion, seuil_de
from modele.formation import Cas
from modele.formation.comptes import dire_l_etape
from modele.protocole.messages import CasDuReseau, EtapeDuReseau, FormationDuReseau

_TU = "petit nombre"


def dire(reseau: FormationDuReseau, cas: Mapping[str, Cas]) -> Iterator[str]:
    """Chaque cas que assez d'agents ont joué, ses étapes les plus difficiles d'abord."""
    if not reseau.cas:
        yield f"Pas encore assez d'agents : un cas se montre à partir de {seuil_de(Diffusion.PUBLIC)}, jamais moins."
        return
    for un in reseau.cas:
        yield from _dire_un_cas(un, cas.get(un.cas))


def _dire_un_cas(un: CasDuReseau, connu: Cas | None) -> Iterator[str]:
    yield f"{connu.titre if connu else un.cas} · les {un.agents} derniers agents comptés ensemble :"
    for etape in sorted(un.etapes, key=lambda une: -(une.oublis or 0)):
        yield f"  {dire_l_etape(connu, etape.etape)} : {dire_les_nombres(etape)}"


def dire_les_nombres(etape: EtapeDuReseau) -> str:
    """« oublis : 14 ; à discuter : petit nombre ; justes : 40 »."""
    dits = (("oublis", etape.oublis), ("à discuter", etape.a_discuter), ("justes", etape.justes))
    return " ; ".join(f"{nom} : {_TU if nombre is None else nombre}" for nom, nombre in dits)
