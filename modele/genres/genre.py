"""Ce qu'est un genre d'objet : ses champs, ce qui va ensemble, ce qu'il suit, combien de temps il se garde."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from modele.dossier.inventaire import Inventaire
from modele.dossier.unites import Decoupe
from modele.droits import Table


@dataclass(frozen=True, slots=True)
class Borne:
    """Une durée de garde à ne pas dépasser : tant de mois depuis un fait (une phrase), avec sa source."""

    mois: int
    depuis: str
    source: str
    confiance: str
    verifie_le: date | None


@dataclass(frozen=True, slots=True)
class Garde:
    """Combien de temps un objet se garde. Aucune borne : aussi longtemps que le dossier auquel il est rattaché.

    ``tant_qu_il_sert`` : il n'est d'aucune personne reçue, rien n'oblige à l'effacer. ``a_fixer`` : aucun texte ne dit
    combien de temps ; la collectivité le fixe, Perron n'invente rien.
    """

    definition: str
    bornes: tuple[Borne, ...] = ()
    tant_qu_il_sert: bool = False
    a_fixer: bool = False

    @property
    def au_plus(self) -> timedelta:
        """La plus courte de ses bornes, en jours. Lève ``ValueError`` s'il n'en a pas."""
        return timedelta(days=365 * min(borne.mois for borne in self.bornes) // 12)


@dataclass(frozen=True, slots=True, eq=False)
class Genre:
    """Un genre d'objet. ``rattache`` : le champ qui nomme le dossier dont l'objet suit le sort ; vide : aucun.

    ``personnes`` : ses personnes se cherchent. ``mur`` : il peut dire une violence, le mur veille sur lui.
    ``malgre_le_gel`` : il s'écrit même dans un dossier gelé (l'exercice d'un droit, un avis). ``efface`` : le créer
    efface, partout, le dossier auquel il est rattaché. ``ecarte`` : il nomme qui n'ouvre jamais ce dossier
    (``modele.protection.ecarts``). ``adresse`` : le champ qui nomme le lieu à qui il est adressé, et qui le tient sans
    tenir le dossier ; ``reprise`` : celui qui dit qu'il ne l'est plus. ``bac_a_sable`` : il ne s'écrit que dans un bac
    à sable de formation, jamais dans un vrai coffre ni au registre. ``definitif`` : le champ qui, une fois dit, ne
    s'efface plus et fige l'objet. ``siegent`` : le champ de liste qui nomme les comptes de ceux qui y siègent, et le
    lisent de ``depuis`` (un champ, un jour) jusqu'à ``definitif``.
    """

    id: str
    nom: str
    definition: str
    inventaire: Inventaire
    decoupe: Decoupe
    garde: Garde
    rattache: str = ""
    personnes: bool = False
    mur: bool = False
    malgre_le_gel: bool = False
    efface: bool = False
    ecarte: bool = False
    adresse: str = ""
    reprise: str = ""
    bac_a_sable: bool = False
    definitif: str = ""
    siegent: str = ""
    depuis: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Genres:
    """Les genres déclarés, par identifiant, et la table de tous leurs droits."""

    par_id: Mapping[str, Genre]
    droits: Table

    def du(self, identifiant: str) -> Genre:
        """Le genre de ce nom. D'un genre que cette version ne connaît pas : rien ne se cherche, rien ne se permet."""
        return self.par_id.get(identifiant, _INCONNU)


_VIDE = Inventaire({}, {}, frozenset())
_INCONNU = Genre("", "Objet d'une version plus récente", "", _VIDE, Decoupe(_VIDE), Garde(""))
