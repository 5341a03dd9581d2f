"""Ce que doit valoir chaque fait écrit en données, redit à la main.

Une réponse est « oui », « non », « ? » (on ne sait pas) ou « refus ». Rien n'est emprunté au produit : ni sa lecture
des conditions, ni sa logique ; seulement la forme des états et, pour ce qui se compte, les faits écrits en Python.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modele.regles.etats import INCONNU, Enumere, Etat, Intervalle, Parties, Statut

OUI, NON, INCERTAIN, REFUS = "oui", "non", "?", "refus"
_GROUPES = tomllib.loads(
    (Path(__file__).parents[4] / "ressources" / "national" / "groupes.toml").read_text(encoding="utf-8")
)
GROUPES = {groupe["id"]: set(groupe["codes"]) for groupe in _GROUPES["groupe"]}
MAJORITE = 18
ASE_AGE = 21


@dataclass(frozen=True)
class Su:
    """Ce qu'on sait d'une demande : les faits du foyer (dérivés en Python compris), et ceux de chaque personne."""

    faits: Mapping[str, Etat]
    personnes: Sequence[Mapping[str, Etat]]
    closes: bool

    def autres(self) -> list[Mapping[str, Etat]]:
        return self.de_role("autre")

    def de_role(self, *roles: str) -> list[Mapping[str, Etat]]:
        return [personne for personne in self.personnes if personne["personne.role"].valeur in roles]


def dit(etat: Etat) -> str:
    """La réponse qu'un état booléen donne ; seuls quatre états en sont une."""
    assert not etat.peut_etre_sans_objet, etat
    return {
        Statut.CONNU: OUI if etat.valeur is True else NON,
        Statut.INCONNU: INCERTAIN,
        Statut.REFUSE: REFUS,
    }[etat.statut]


def si(etat: Etat, admis: Callable[[Any], bool]) -> str:
    """La valeur convient-elle ? Oui ou non si c'est vrai de toutes celles qui restent ; sans objet : non."""
    if etat.statut is Statut.SANS_OBJET:
        return NON
    if etat.statut is Statut.REFUSE:
        return REFUS
    restent = _valeurs(etat)
    if not restent:
        return INCERTAIN
    verdicts = {bool(admis(valeur)) for valeur in restent} | ({False} if etat.peut_etre_sans_objet else set())
    return INCERTAIN if len(verdicts) != 1 else OUI if True in verdicts else NON


def _valeurs(etat: Etat) -> Collection[Any]:
    """Assez des valeurs qui restent pour juger d'un seuil ou d'un groupe ; aucune si rien n'est su."""
    match etat.domaine:
        case Enumere(valeurs):
            return valeurs
        case Intervalle(bas, haut):
            return (bas, haut)
        case Parties(certains, possibles):
            return [certains, *(certains | {code} for code in possibles)]
        case _:
            return () if etat.valeur is None else (etat.valeur,)


def vrai(etat: Etat) -> str:
    return si(etat, lambda valeur: valeur is True)


def dans(etat: Etat, *codes: str) -> str:
    return si(etat, lambda valeur: valeur in codes)


def parmi(etat: Etat, groupe: str) -> str:
    return si(etat, lambda code: code in GROUPES[groupe])


def touche(etat: Etat, groupe: str) -> str:
    return si(etat, lambda codes: bool(set(codes) & GROUPES[groupe]))


def non(reponse: str) -> str:
    return {OUI: NON, NON: OUI}.get(reponse, reponse)


def et(*reponses: str) -> str:
    if NON in reponses:
        return NON
    restent = {reponse for reponse in reponses if reponse != OUI}
    return OUI if not restent else REFUS if restent == {REFUS} else INCERTAIN


def ou(*reponses: str) -> str:
    return non(et(*map(non, reponses)))


def quelqu_un(reponses: Sequence[str], *, ouvert: bool) -> str:
    """L'une de ces personnes, ou l'une de celles qui s'ajouteraient."""
    return ou(*reponses, *([INCERTAIN] if ouvert else []))


def _etape(su: Su) -> Etat:
    """L'étape, comptée par le produit : ses propres essais la redisent (``test_etape_expulsion``)."""
    return su.faits["papier_expulsion"]


def mineur(personne: Mapping[str, Etat]) -> str:
    return si(personne["personne.age"], lambda age: age < MAJORITE)


def droit_visite(personne: Mapping[str, Etat]) -> str:
    return et(non(vrai(personne["personne.sur_avis"])), parmi(personne["personne.garde"], "garde_droit_visite"))


def enfant_au_foyer(personne: Mapping[str, Etat]) -> str:
    vit_ici = ou(vrai(personne["personne.a_charge"]), parmi(personne["personne.garde"], "garde_au_foyer"))
    return et(parmi(personne["personne.lien"], "enfants"), vit_ici)


def _violences(su: Su) -> str:
    return ou(
        touche(su.faits["demande.motifs"], "motifs_violences"),
        vrai(su.faits["demande.agression_domicile"]),
        touche(su.faits["protection.preuves"], "preuves_violences"),
    )


def _mineur_a_charge(su: Su) -> str:
    """Qui l'élève ou l'a à sa charge ; l'enfant reçu en droit de visite, lui, reste à établir : jamais « non »."""
    eleves = [
        et(mineur(u), ou(vrai(u["personne.a_charge"]), parmi(u["personne.garde"], "garde_au_foyer")))
        for u in su.autres()
    ]
    recus = [et(mineur(u), parmi(u["personne.garde"], "garde_droit_visite")) for u in su.autres()]
    return a_etablir(quelqu_un(eleves, ouvert=not su.closes), quelqu_un(recus, ouvert=not su.closes))


def a_etablir(certain: str, ouvert: str) -> str:
    """Un « non » qui n'en est pas un, tant que le texte laisse la question ouverte."""
    return INCERTAIN if certain == NON and ouvert != NON else certain


def peut_demander(personne: Mapping[str, Etat]) -> str:
    return ou(non(mineur(personne)), vrai(personne["personne.mineur_emancipe"]))


def ase_age(personne: Mapping[str, Etat]) -> str:
    return si(personne["personne.age"], lambda age: age < ASE_AGE)


def _ase(su: Su) -> str:
    """À 21 ans ou plus, dans les trois ans de la fin de la prise en charge : à établir."""
    ouvert = not su.faits["foyer.avec_codemandeur"].connu
    recents = [
        (et(vrai(u["personne.ase_recente"]), peut_demander(u)), ase_age(u))
        for u in su.de_role("demandeur", "codemandeur")
    ]
    certain = quelqu_un([et(recent, jeune) for recent, jeune in recents], ouvert=ouvert)
    return a_etablir(certain, quelqu_un([recent for recent, _ in recents], ouvert=ouvert))


def _parent_isole(su: Su) -> str:
    enfant = quelqu_un([enfant_au_foyer(une) for une in su.autres()], ouvert=not su.closes)
    return et(non(vrai(su.faits["en_couple"])), enfant)


def _chez_chacun(fait: str) -> Callable[[Su], str]:
    return lambda su: quelqu_un([vrai(une[fait]) for une in su.personnes], ouvert=not su.closes)


def _reprise(su: Su) -> str:
    """Le codemandeur peut encore s'ajouter tant qu'on ne sait pas s'il y en a un ; les autres n'y changent rien."""
    titulaires = [vrai(une["personne.emploi.chomage_plus_un_an"]) for une in su.de_role("demandeur", "codemandeur")]
    return quelqu_un(titulaires, ouvert=not su.faits["foyer.avec_codemandeur"].connu)


def _seule_avec_charge(su: Su) -> str:
    adultes = [et(non(vrai(une["personne.sur_avis"])), non(droit_visite(une))) for une in su.autres()]
    charges = [vrai(une["personne.sur_avis"]) for une in su.autres()]
    return et(
        non(vrai(su.faits["foyer.avec_codemandeur"])),
        non(quelqu_un(adultes, ouvert=not su.closes)),
        quelqu_un(charges, ouvert=not su.closes),
    )


def _du_statut(groupe: str) -> Callable[[Su], str]:
    return lambda su: parmi(su.faits["logement_actuel.statut"], groupe)


SIX_MOIS = ("outre_mer", "agglomeration_plus_300000")


def _du_juge(su: Su, champ: str) -> str:
    return vrai(su.faits[f"expulsion.{champ}"])


def _entree(su: Su, *codes: str) -> str:
    return dans(su.faits["expulsion.entree_forcee"], *codes)


def _par_force(su: Su) -> str:
    return _entree(su, "domicile_autrui", "autre_lieu")


FOYER: dict[str, Callable[[Su], str]] = {
    "sans_logement": _du_statut("sans_logement"),
    "heberge_tiers": _du_statut("heberge_tiers"),
    "heberge_structure": _du_statut("hebergement_structure"),
    "logement_transition": _du_statut("logement_transition"),
    "expulsion_jugee": lambda su: parmi(_etape(su), "expulsion_jugee"),
    "menace_expulsion": lambda su: et(
        parmi(_etape(su), "menace_expulsion"), non(vrai(su.faits["expulsion.relogement_propose"]))
    ),
    "entree_par_force": _par_force,
    "delai_quitter_exclu": lambda su: ou(
        dans(su.faits["expulsion.delai_deux_mois"], "reduit", "supprime"),
        _du_juge(su, "mauvaise_foi"),
        _par_force(su),
    ),
    "treve_exclue": lambda su: ou(
        _du_juge(su, "relogement_assure"),
        _entree(su, "domicile_autrui"),
        et(_entree(su, "autre_lieu"), _du_juge(su, "treve_ecartee")),
        _du_juge(su, "logement_etudiant_perdu"),
    ),
    "daho_reconnu": lambda su: parmi(su.faits["dalo.daho_statut"], "dalo_reconnu"),
    "prefet_six_mois": lambda su: ou(*(vrai(su.faits.get(f"territoire.{nom}", INCONNU)) for nom in SIX_MOIS)),
    "dalo_reconnu": lambda su: parmi(su.faits["dalo.statut"], "dalo_reconnu"),
    "violences_declarees": _violences,
    "mineur_a_charge": _mineur_a_charge,
    "ase_moins_21_ans": _ase,
    "parent_isole": _parent_isole,
    "handicap_foyer": _chez_chacun("personne.handicap.reconnu"),
    "cmi_invalidite_foyer": _chez_chacun("personne.handicap.cmi_invalidite"),
    "reprise_apres_chomage": _reprise,
    "personne_seule_avec_charge": _seule_avec_charge,
}
PERSONNE: dict[str, Callable[[Mapping[str, Etat]], str]] = {
    "personne.mineur": mineur,
    "personne.peut_demander": peut_demander,
    "personne.ase_age": ase_age,
    "personne.droit_visite": droit_visite,
    "personne.enfant_au_foyer": enfant_au_foyer,
}
