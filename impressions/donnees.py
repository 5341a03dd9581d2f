"""Ce que le papier reçoit : le dossier et des résultats déjà calculés. Il ne recalcule rien."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from modele.cotation.resultat import Cotation
from modele.dossier.pieces import Piece
from modele.mots.noms import Vocabulaire
from modele.orientation.resultat import Voie

if TYPE_CHECKING:
    # Le papier ne charge pas de quoi les lire : il les reçoit.
    from modele.fiches import Fiches
    from modele.mots.reperes import Observes
    from modele.orientation.contacts import Contact
    from modele.territoire.logo import Logo
    from modele.territoire.mentions import Mentions
    from modele.territoire.modele import Lieu, Territoire


@dataclass(frozen=True, slots=True)
class PieceDite:
    """Une pièce, une fois pour toutes les personnes du foyer. ``vue`` : présentée par chacune de qui on l'attend.

    ``sure`` : elle est attendue, quoi qu'on réponde encore.
    """

    piece: Piece
    vue: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Donnees:
    """Un dossier prêt à imprimer.

    ``document`` : le dossier, dictionnaire brut (format du dossier, réponses non décodées).
    ``vocabulaire`` : de quoi nommer les faits, les codes, les communes. ``fiches`` : celles qui peuvent s'imprimer.
    ``nationaux`` : les seuls numéros que reçoive une fiche réservée ; ceux de ``contacts`` diraient le territoire.
    ``fermees`` : les fiches qui mèneraient ailleurs.
    ``a_demander`` : les questions dont dépend encore la note, sans celles qui ne se posent que seul à seul.
    ``sans_objet`` : chemins dont la question ne se pose pas ; ils ne s'impriment pas comme inconnus.
    ``noms_pieces`` : comment se dit une pièce, exigée ou non ; celle dont le nom dirait une violence n'y est pas.
    ``observes`` : ce que le système officiel a observé là où la personne cherche ; absent si rien n'est publié.
    ``mentions`` : qui répond des données ; absentes, le papier dit « essai, données fictives ».
    ``logo`` : celui de la structure ; une fiche réservée n'en reçoit pas.
    ``date_impression`` : donnée par l'appelant ; c'est aussi la date de création inscrite dans le PDF.
    """

    document: Mapping[str, Any]
    vocabulaire: Vocabulaire
    date_impression: date
    territoire: Territoire
    fiches: Fiches
    cotation: Cotation | None = None
    voies: tuple[Voie, ...] = ()
    pieces: tuple[PieceDite, ...] = ()
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    nationaux: Mapping[str, Contact] = field(default_factory=dict)
    lieu: Lieu | None = None
    discret: bool = False
    sans_objet: frozenset[str] = frozenset()
    fermees: frozenset[str] = frozenset()
    a_demander: tuple[str, ...] = ()
    observes: Observes | None = None
    mentions: Mentions | None = None
    noms_pieces: Mapping[str, str] = field(default_factory=dict)
    logo: Logo | None = None
