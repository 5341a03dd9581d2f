"""Ce que dit ``registre informations`` : les publications, puis les postes en retard, guichet par guichet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modele.protocole.messages import Referentiel
from registre.service.informations import PosteInforme


def dire(publies: Sequence[Referentiel], postes: Sequence[PosteInforme]) -> Iterator[str]:
    """Une ligne par publication, puis une par poste qui n'a pas tout."""
    if not publies:
        yield "Ce territoire n'a rien publié : chaque poste se sert de ce que Perron livre."
        return
    yield "Publié :"
    yield from (f"  {un.nom}, version {un.version}, le {un.publie_le:%d/%m/%Y à %H:%M} UTC" for un in publies)
    en_retard = [poste for poste in postes if poste.retards(list(publies))]
    if not en_retard:
        yield "Chaque poste a tout." if postes else "Aucun poste n'est relié."
        return
    yield f"Postes en retard : {len(en_retard)} sur {len(postes)}."
    yield from (_dire_un_poste(poste, publies) for poste in en_retard)


def _dire_un_poste(poste: PosteInforme, publies: Sequence[Referentiel]) -> str:
    if poste.dit_le is None:
        return f"  {poste.nom} ({poste.guichet}) : n'a encore rien dit de ce qu'il tient."
    retards = ", ".join(
        f"{un.nom} ({f'version {tenue}' if tenue else 'aucune'} au lieu de {un.version})"
        for un, tenue in poste.retards(list(publies))
    )
    return f"  {poste.nom} ({poste.guichet}), vu le {poste.dit_le:%d/%m/%Y à %H:%M} UTC : {retards}"
