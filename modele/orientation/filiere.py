"""La filière des priorités : ce qu'elle peut demander, ce qui manque ici, ce qui se contredit avant une commission.

Rien ne se lève d'une réponse qui manque, ni d'un fait protégé.

Essais : ``tests/modele/orientation/test_filiere_et_motifs.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from modele.dossier.inventaire import inventaire
from modele.orientation.dalo import RecoursExamine
from modele.orientation.publics import PublicExamine
from modele.orientation.verdict import Verdict
from modele.protection.faits import condition_protegee, fait_protege
from modele.protection.sensibles import par_toute_reponse
from modele.regles.conditions import Condition, noms_des_faits
from modele.regles.disque import Lisible
from modele.regles.etats import Situation
from modele.regles.faits import Catalogue
from modele.regles.kleene import evaluer
from modele.regles.lecture import Lecteur, lire_toml, vouliez_vous
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from modele.territoire.filiere import DEMANDES, DemandeDeFiliere, Filiere

FICHIER: Final = "national/filiere.toml"
AUCUNE: Final = "aucune"
UNE: Final = "une"
_TRIAGE: Final = "triage."


@dataclass(frozen=True, slots=True)
class Attendu:
    """Ce qu'une filière peut demander. ``a_qui`` : à qui le demander tant que ce territoire ne le dit pas."""

    id: str
    libelle: str
    a_qui: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class RegleIncoherence:
    """Ce qui ne va pas ensemble. ``priorites`` : aucune, ou une, n'est remplie ; ``filiere`` : ce qu'elle demande ici.

    ``revoir`` : les réponses en cause, dans l'ordre.
    """

    id: str
    phrase: str
    revoir: tuple[str, ...]
    si: Condition | None
    priorites: str
    filiere: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ReglesDeFiliere:
    """Tout le fichier."""

    attendus: tuple[Attendu, ...] = ()
    incoherences: tuple[RegleIncoherence, ...] = ()


@dataclass(frozen=True, slots=True)
class DemandeMontree:
    """Ce qu'une filière demande ; ``dite`` absente : ce territoire ne le dit pas, et cela se montre."""

    attendu: Attendu
    dite: DemandeDeFiliere | None


def lire_regles_de_filiere(
    chemin: Lisible, catalogue: Catalogue, parametres: Collection[str] = frozenset()
) -> ReglesDeFiliere:
    """Les attendus et les incohérences d'un fichier. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    contexte, vus, levees = Contexte(catalogue, parametres), set[str](), set[str]()
    attendus = tuple(_attendu(table, vus) for table in lecteur.tables("attendu", obligatoire=True))
    lues = tuple(_incoherence(table, contexte, levees) for table in lecteur.tables("incoherence", obligatoire=True))
    lecteur.finir()
    return ReglesDeFiliere(attendus, lues)


def _attendu(table: Lecteur, vus: set[str]) -> Attendu:
    nom = table.identifiant(vus)
    if nom and nom not in DEMANDES:
        table.signaler("id", f"attendu : {', '.join(DEMANDES)}")
    lu = Attendu(
        nom,
        table.texte("libelle", obligatoire=True),
        table.texte("a_qui", obligatoire=True),
        lire_provenance(table, exigees=("fondement", *COMPLETE)),
    )
    table.clore()
    return lu


def _incoherence(table: Lecteur, contexte: Contexte, vus: set[str]) -> RegleIncoherence:
    nom, si = table.identifiant(vus), lire_condition(table, "si", contexte, obligatoire=True)
    if si is not None and _reservee(si, contexte.catalogue):
        table.signaler("si", "ni fait protégé, ni premier contact : cela se dit seul à seul")
    lue = RegleIncoherence(
        nom,
        table.texte("phrase", obligatoire=True),
        _revoir(table),
        si,
        table.texte("priorites", permis=(AUCUNE, UNE)) if "priorites" in table else "",
        table.texte("filiere", permis=DEMANDES) if "filiere" in table else "",
        lire_provenance(table, exigees=("fondement", *COMPLETE)),
    )
    table.clore()
    return lue


def _reservee(si: Condition, catalogue: Catalogue) -> bool:
    noms = noms_des_faits(si)
    return condition_protegee(si) or any(fait_protege(catalogue, un) or un.startswith(_TRIAGE) for un in noms)


def _revoir(table: Lecteur) -> tuple[str, ...]:
    revoir, connus = table.textes("revoir", obligatoire=True), inventaire().champs
    for champ in revoir:
        if champ not in connus:
            table.signaler("revoir", f"« {champ} » : ce champ n'existe pas{vouliez_vous(champ, connus)}")
        elif par_toute_reponse(champ) or champ.startswith(_TRIAGE):
            table.signaler("revoir", f"« {champ} » se dit seul à seul")
    return revoir


def demandes(regles: ReglesDeFiliere, filiere: Filiere) -> tuple[DemandeMontree, ...]:
    """Chaque chose qu'une filière peut demander, et ce que celle d'ici en dit."""
    return tuple(DemandeMontree(un, filiere.demandes.get(un.id)) for un in regles.attendus)


def incoherences(
    regles: ReglesDeFiliere,
    filiere: Filiere,
    situation: Situation,
    publics: Sequence[PublicExamine],
    recours: Sequence[RecoursExamine],
) -> Iterator[RegleIncoherence]:
    """Celles qui sont certaines, dans l'ordre du fichier. ``publics``, ``recours`` : ceux qui se montrent."""
    une = any(un.examen.verdict is Verdict.REMPLI for un in publics) or any(
        un.regle.cas and un.examen.verdict is Verdict.REMPLI for un in recours
    )
    for regle in regles.incoherences:
        voulue = not regle.priorites or (regle.priorites == UNE) is une
        ici = not regle.filiere or regle.filiere in filiere.demandes
        if voulue and ici and regle.si is not None and evaluer(regle.si, situation) is True:
            yield regle
