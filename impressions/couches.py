"""Deux couches d'une même fiche, l'une livrée, l'autre du territoire : ce qui sert, et ce qui est mis de côté.

La couche du dessus ne peut que durcir la sûreté d'une fiche, jamais la relâcher ; le texte d'une fiche réservée ne se
remplace pas : il peut être trouvé sur une victime, et chacun de ses mots a été pesé.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from impressions.declaration import Declaration
from impressions.surete import DRAPEAUX, Surete


@dataclass(frozen=True, slots=True)
class Ecart:
    """Ce qu'une couche demandait d'une fiche et qui ne sert pas, en une phrase à montrer."""

    fiche: str
    message: str

    def __str__(self) -> str:
        return f"Fiche « {self.fiche} » du territoire : {self.message}"


def durcir(dessous: Surete, dessus: Surete) -> Surete:
    """La sûreté des deux couches ensemble : ce que l'une ferme, l'autre ne le rouvre pas.

    ``discret`` reste celui du dessous : levé, la fiche recevrait le dossier ; posé, il donnerait aux dossiers discrets
    un texte qui n'a pas été écrit pour eux. Ni l'un ni l'autre ne durcit.
    """
    return Surete(
        sans_dossier=dessous.sans_dossier or dessus.sans_dossier,
        discret=dessous.discret,
        exige_cotation=dessous.exige_cotation or dessus.exige_cotation,
    )


def superposer(dessous: Declaration, dessus: Declaration) -> tuple[Declaration, tuple[Ecart, ...]]:
    """La fiche que servent les deux couches, et ce que celle du dessus demandait en vain."""
    surete = durcir(dessous.surete, dessus.surete)
    editions = dessous.editions if dessous.surete.reservee else {**dessous.editions, **dessus.editions}
    ecarts = tuple(Ecart(dessous.id, message) for message in _messages(dessous, dessus, surete))
    return replace(dessous, surete=surete, editions=editions), ecarts


def _messages(dessous: Declaration, dessus: Declaration, servie: Surete) -> Iterator[str]:
    for drapeau in DRAPEAUX:
        vaut = getattr(servie, drapeau)
        if vaut != getattr(dessus.surete, drapeau):
            yield f"« {drapeau} » reste {'vrai' if vaut else 'faux'}, comme dans la fiche livrée."
    if dessous.surete.reservee and dessus.editions:
        langues = ", ".join(sorted(dessus.editions))
        yield f"son texte ({langues}) est mis de côté : celui d'une fiche réservée ne se remplace pas."
