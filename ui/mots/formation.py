"""Les phrases de l'écran « Formation », sans Qt : ce que dit un cas, ce qui en a été noté, et pourquoi."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from modele.coffre.formation_dite import Depart
from modele.formation.cas import Etape, Piste, Point, Sorte
from modele.formation.comptes import dire_l_etape
from modele.formation.notation import Verdict
from modele.mots.ecriture import dire_date

if TYPE_CHECKING:
    from modele.coffre.bac_a_sable import Tentative
    from modele.formation import Cas, EnCours, Note, Resultat
    from modele.formation.comptes import ParEtape
    from modele.protocole.messages import CasDuReseau, EtapeDuReseau, FormationDuReseau
    from modele.regles.provenance import Provenance

FORMATION: Final = "Formation"
FICTIF: Final = "Personnes inventées. Rien ici ne touche un vrai dossier."
A_VOUS: Final = "Vos essais sont à vous seul : personne d'autre ne les voit, ils ne servent pas à vous évaluer."
POUR_LE_RESEAU: Final = (
    "Le formateur prépare ses séances avec les points difficiles du réseau. Partent des nombres, étape par étape : ni "
    "votre nom, ni ce poste, ni l'heure, ni ce que vous avez écrit. Rien ne se montre sous onze agents."
)
DEPART: Final[Mapping[tuple[Depart, bool | None], str]] = {
    (Depart.RIEN, None): "Rien n'est parti. C'est à vous de dire ; rien ne change pour vous si vous refusez.",
    (Depart.RIEN, True): "Rien n'est parti.",
    (Depart.RIEN, False): "Rien ne part : vous l'avez demandé.",
    (Depart.ATTEND, None): "Ces nombres partiront au prochain échange.",
    (Depart.ATTEND, True): "Ces nombres, ceux de votre premier essai, partiront au prochain échange.",
    (Depart.ATTEND, False): "Rien de neuf ne part.",
    (Depart.PARTI, None): "Votre premier essai est déjà compté : celui-ci ne part pas.",
    (Depart.PARTI, True): "Votre premier essai est déjà compté : celui-ci ne part pas.",
    (Depart.PARTI, False): "Votre premier essai a été compté ; plus rien ne part.",
}
JAMAIS_EVALUER: Final = (
    "Des nombres de onze agents à la fois, sans nom, poste ni date, pour choisir quoi travailler. Ils ne servent à "
    "évaluer personne."
)
PAS_ASSEZ: Final = "Pas encore assez d'agents. Un cas se montre ici à partir de onze."
PETIT: Final = "petit nombre"
A_VALIDER: Final = "à faire valider"
PISTES_DITES: Final = {
    Piste.ACCUEIL: "Accueil : CCAS, mairies, bailleurs",
    Piste.SOCIAL: "Travail social : les filières du département, le DALO",
}
TITRES: Final = {
    Sorte.GESTES: "Vos gestes",
    Sorte.MOTS: "Vos mots",
    Sorte.VOIES: "Les voies",
    Sorte.OUVERTE: "Avec vos mots",
}
PARTIES: Final = (
    (Verdict.OMISSION_DANGEREUSE, "Omissions dangereuses", "À ne pas oublier la prochaine fois, et pourquoi."),
    (Verdict.GESTE_DANGEREUX, "Gestes dangereux", "À ne pas faire, et pourquoi."),
    (Verdict.INUTILE, "Étapes inutiles", "Elles prennent du temps à la personne, sans l'aider."),
    (Verdict.A_DISCUTER, "À discuter", "Ni juste, ni faux : à reprendre avec le formateur ou un collègue."),
    (Verdict.JUSTE, "Juste", "Ce que vous avez fait, et ce qui le fonde."),
)
"""Les parties du résultat, de la plus grave à la plus légère."""


@dataclass(frozen=True, slots=True)
class Dite:
    """Un point du résultat : ce qu'il est, pourquoi, et d'où cela vient."""

    titre: str
    raison: str
    source: str


@dataclass(frozen=True, slots=True)
class CasDit:
    """Un cas du réseau : son titre, et ses étapes, les plus difficiles d'abord."""

    titre: str
    etapes: tuple[str, ...]


def dire_ce_qui_part(cas: Cas, etapes: Iterable[ParEtape]) -> str:
    """« L'entretien : 4 justes, 0 oubli, 1 à discuter. » étape par étape : exactement ce qui part."""
    return "\n".join(
        f"{dire_l_etape(cas, une.etape)} : {_au_pluriel(une.justes, 'juste')}, {_au_pluriel(une.oublis, 'oubli')}, "
        f"{une.a_discuter} à discuter"
        for une in etapes
    )


def dire_le_reseau(cas: Iterable[Cas], reseau: FormationDuReseau) -> list[CasDit]:
    """Ce que le registre a rendu des cas d'ici ; un cas qu'on n'a pas, ou changé depuis, garde son nom."""
    connus = {un.id: un for un in cas}
    return [_dire_un_cas(un, connus.get(un.cas)) for un in reseau.cas]


def _dire_un_cas(un: CasDuReseau, connu: Cas | None) -> CasDit:
    titre = f"{connu.titre if connu else un.cas} · {un.agents} agents"
    difficiles = sorted(un.etapes, key=lambda etape: -(etape.oublis or 0))
    return CasDit(titre, tuple(f"{dire_l_etape(connu, une.etape)} : {_nombres(une)}" for une in difficiles))


def _nombres(etape: EtapeDuReseau) -> str:
    dits = (("oublis", etape.oublis), ("à discuter", etape.a_discuter), ("justes", etape.justes))
    return ", ".join(f"{nom} {PETIT if nombre is None else nombre}" for nom, nombre in dits)


def _au_pluriel(nombre: int, mot: str) -> str:
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}"


def dire_la_verification(cas: Cas | None, fautes: int, *, remplace: bool) -> str:
    """Ce qui reste à corriger, ou ce que contient le cas ; et s'il prend la place d'un autre."""
    if cas is None:
        return f"{_au_pluriel(fautes, 'faute')} à corriger."
    suite = " Il remplace le cas de ce nom, pour toute la structure." if remplace else ""
    return f"Cas valable : « {cas.titre} », {dire_le_detail(cas)}.{suite}"


def melanger(cas: str, etape: Etape) -> list[Point]:
    """Les points d'une étape dans un ordre qui ne dit rien, le même à chaque fois."""
    return sorted(etape.points, key=lambda point: hashlib.sha256(f"{cas} {point.id}".encode()).digest())


def dire_le_detail(cas: Cas) -> str:
    """« 15 minutes · 10 questions, 3 étapes »."""
    return f"{cas.minutes} minutes · {len(cas.questions)} questions, {len(cas.etapes)} étapes"


def dire_le_dernier(essais: Sequence[Tentative], cas: str) -> str:
    """Ce que l'agent en a fait la dernière fois ; vide s'il ne l'a pas joué."""
    for essai in essais:
        if essai.cas == cas and essai.le is not None:
            return f"joué le {dire_date(essai.le.date())} : {dire_les_comptes(essai.verdicts.values())}"
    return ""


def dire_ou_il_en_est(laisse: EnCours | None, etapes: int) -> str:
    """« laissé à l'étape 2 sur 3 : il se reprend » ; vide si rien n'est en route."""
    if laisse is None:
        return ""
    ou = f"à l'étape {laisse.rang} sur {etapes}" if laisse.rang else "à l'entretien"
    return f"laissé {ou} : il se reprend"


def dire_les_comptes(verdicts: Iterable[str]) -> str:
    """« 1 omission dangereuse, 2 à discuter, 9 justes »."""
    comptes = Counter(map(str, verdicts))
    dits = [_compter(comptes[verdict], verdict) for verdict, _, _ in PARTIES if comptes[verdict]]
    return ", ".join(dits) or "rien de noté"


def dire_le_resultat(resultat: Resultat) -> str:
    """La phrase du haut, d'après ce qui compte."""
    comptes = dire_les_comptes(note.verdict for note in resultat.notes)
    graves = [*resultat.de(Verdict.OMISSION_DANGEREUSE), *resultat.de(Verdict.GESTE_DANGEREUX)]
    if graves:
        return f"{comptes}. Une personne aurait été en danger : lisez d'abord pourquoi."
    return f"{comptes}." if not resultat.parfait else f"{comptes}. Tout ce que ce cas attend y est."


def dire_la_note(note: Note) -> Dite:
    """Un point noté, dans les mots du cas."""
    return Dite(note.point.texte, note.raison, dire_l_appui(note.point))


def dire_l_appui(point: Point) -> str:
    """L'article ou la source, sa date, et s'il reste à faire valider ; ou qui l'a validé."""
    appui = point.appui
    if point.valide_par and point.valide_le is not None:
        return f"{_source(appui)}. Validé par {point.valide_par} le {dire_date(point.valide_le)}."
    suite = f" ({A_VALIDER})" if appui.a_valider and A_VALIDER not in appui.source else ""
    return f"{_source(appui)}{suite}"


def _source(appui: Provenance) -> str:
    dite = f"{appui.fondement} · {appui.source}" if appui.fondement else appui.source
    return f"{dite} ; vérifié le {dire_date(appui.verifie_le)}" if appui.verifie_le else dite


def _compter(nombre: int, verdict: Verdict) -> str:
    if verdict is Verdict.A_DISCUTER or nombre == 1:
        return f"{nombre} {verdict.dit}"
    return f"{nombre} {_PLURIELS[verdict]}"


_PLURIELS: Final = {
    Verdict.OMISSION_DANGEREUSE: "omissions dangereuses",
    Verdict.GESTE_DANGEREUX: "gestes dangereux",
    Verdict.INUTILE: "étapes inutiles",
    Verdict.JUSTE: "justes",
}
