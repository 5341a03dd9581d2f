"""Deux couches d'une même fiche : ce qui sert, et ce qui est mis de côté.

La couche du dessus ne peut que durcir la sûreté d'une fiche, jamais la relâcher. Le texte d'une fiche réservée ne vient
que de Perron ou d'une publication nationale signée : il peut être trouvé sur une victime, et chacun de ses mots a été
pesé. Celui d'une fiche de sécurité sert avant une copie locale plus ancienne.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from modele.fiches.declaration import Declaration, Edition
from modele.fiches.surete import Surete


@dataclass(frozen=True, slots=True)
class Apport:
    """Ce qu'une couche apporte d'une fiche.

    ``du_pays`` : livrée, ou publication nationale signée, et hors d'un territoire. ``le`` : quand la structure l'a
    écrit, s'il n'en dit rien lui-même.
    """

    declaration: Declaration
    du_pays: bool
    le: date | None = None


def durcir(dessous: Surete, dessus: Surete) -> Surete:
    """La sûreté des deux couches ensemble : ce que l'une ferme, l'autre ne le rouvre pas.

    ``discret`` reste celui du dessous : levé, la fiche recevrait le dossier ; posé, il donnerait aux dossiers discrets
    un texte qui n'a pas été écrit pour eux. Ni l'un ni l'autre ne durcit.
    """
    return Surete(
        sans_dossier=dessous.sans_dossier or dessus.sans_dossier,
        discret=dessous.discret,
        exige_cotation=dessous.exige_cotation or dessus.exige_cotation,
        exige_mentions=dessous.exige_mentions or dessus.exige_mentions,
        exige_numero=dessous.exige_numero or dessus.exige_numero,
        exige_depot=dessous.exige_depot or dessus.exige_depot,
        exige_rendez_vous=dessous.exige_rendez_vous or dessus.exige_rendez_vous,
        sans_lieu=dessous.sans_lieu or dessus.sans_lieu,
        securite=dessous.securite or dessus.securite,
    )


def commencer(apport: Apport) -> tuple[Declaration | None, tuple[str, ...]]:
    """La fiche dont c'est la première couche, et ce qui l'écarte si elle n'en a pas le droit."""
    if apport.declaration.surete.reservee and not apport.du_pays:
        return None, ("une fiche réservée ne vient que de Perron ou d'une publication nationale signée.",)
    return apport.declaration, ()


def superposer(dessous: Declaration, dessus: Apport) -> tuple[Declaration, tuple[str, ...]]:
    """La fiche que servent les deux couches, et ce que celle du dessus demandait en vain, en phrases."""
    surete = durcir(dessous.surete, dessus.declaration.surete)
    prises = {langue: e for langue, e in dessus.declaration.editions.items() if not _refus(dessous, dessus, langue)}
    servie = replace(dessous, surete=surete, editions={**dessous.editions, **prises})
    return servie, tuple(_messages(dessous, dessus, surete))


def _messages(dessous: Declaration, dessus: Apport, servie: Surete) -> Iterator[str]:
    for champ in fields(Surete):
        vaut = getattr(servie, champ.name)
        if vaut != getattr(dessus.declaration.surete, champ.name):
            yield f"« {champ.name} » reste {'vrai' if vaut else 'faux'}, comme dans la couche du dessous."
    par_raison: dict[str, list[str]] = {}
    for langue in sorted(dessus.declaration.editions):
        if raison := _refus(dessous, dessus, langue):
            par_raison.setdefault(raison, []).append(langue)
    for raison, langues in par_raison.items():
        yield f"son texte ({', '.join(langues)}) est mis de côté : {raison}."


def _refus(dessous: Declaration, dessus: Apport, langue: str) -> str:
    """Pourquoi ce texte ne sert pas ; vide s'il sert."""
    surete = durcir(dessous.surete, dessus.declaration.surete)
    if surete.reservee and not dessus.du_pays:
        return "celui d'une fiche réservée ne se remplace pas"
    if surete.securite and (plus_neuf := _plus_neuf(dessous.editions, dessus, langue)):
        return f"celui du dessous, vérifié le {plus_neuf:%d/%m/%Y}, est plus récent"
    return ""


def _plus_neuf(dessous: Mapping[str, Edition], dessus: Apport, langue: str) -> date | None:
    """La date du texte du dessous, s'il est plus récent que celui du dessus dans cette langue."""
    avant, apres = dessous.get(langue), dessus.le or dessus.declaration.editions[langue].verifie_le
    return avant.verifie_le if avant is not None and avant.verifie_le > apres else None
