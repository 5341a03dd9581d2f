"""Ce que le papier reçoit : le dossier et des résultats déjà calculés. Il ne recalcule rien."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from modele.cotation.resultat import Cotation
from modele.mots.noms import Vocabulaire
from modele.orientation.resultat import Voie

if TYPE_CHECKING:
    # Le papier ne charge pas de quoi les lire : il les reçoit.
    from modele.fiches import Fiches
    from modele.mots.reperes import Observes


@dataclass(frozen=True, slots=True)
class Contact:
    """Un numéro ou un site utile, tel que le dit ``contacts.toml`` ou le territoire. ``confiance`` : V, V2, D ou M."""

    numero: str
    libelle: str
    horaires: str = ""
    precisions: str = ""
    confiance: str = "V"
    verifie_le: date | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Une pièce de la demande. ``exigee`` : « enregistrement », « instruction » ou vide ; ``vue`` : déjà présentée.

    ``id`` : identifiant de ``pieces.toml``, pour que la note nomme la preuve par son libellé.
    """

    libelle: str
    exigee: str = ""
    vue: bool = False
    id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Territoire:
    """Ce que le papier dit du territoire."""

    nom: str
    systeme_officiel: str = ""
    sans_valeur_officielle: bool = False


@dataclass(frozen=True, slots=True)
class Lieu:
    """Le lieu d'accueil : son nom, puis ses lignes (adresse, téléphone, horaires)."""

    nom: str
    lignes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Donnees:
    """Un dossier prêt à imprimer.

    ``document`` : le dossier, dictionnaire brut (format du dossier, réponses non décodées).
    ``vocabulaire`` : de quoi nommer les faits, les codes, les communes. ``fiches`` : celles qui peuvent s'imprimer.
    ``nationaux`` : les seuls numéros que reçoive une fiche réservée ; ceux de ``contacts`` diraient le territoire.
    ``a_demander`` : les questions dont dépend encore la note, sans celles qui ne se posent que seul à seul.
    ``sans_objet`` : chemins dont la question ne se pose pas ; ils ne s'impriment pas comme inconnus.
    ``observes`` : ce que le système officiel a observé là où la personne cherche ; absent si rien n'est publié.
    ``date_impression`` : donnée par l'appelant ; c'est aussi la date de création inscrite dans le PDF.
    """

    document: Mapping[str, Any]
    vocabulaire: Vocabulaire
    date_impression: date
    territoire: Territoire
    fiches: Fiches
    cotation: Cotation | None = None
    voies: tuple[Voie, ...] = ()
    pieces: tuple[Piece, ...] = ()
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    nationaux: Mapping[str, Contact] = field(default_factory=dict)
    lieu: Lieu | None = None
    discret: bool = False
    sans_objet: frozenset[str] = frozenset()
    a_demander: tuple[str, ...] = ()
    observes: Observes | None = None
