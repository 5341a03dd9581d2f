"""Ce que le papier reçoit : le dossier et des résultats déjà calculés. Il ne recalcule rien."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from modele.cotation.resultat import Cotation
from modele.dossier.pieces import Piece
from modele.dossier.portail import Portail
from modele.mots.cases import Case
from modele.mots.noms import Vocabulaire
from modele.orientation.resultat import Voie

if TYPE_CHECKING:
    # Le papier ne charge pas de quoi les lire : il les reçoit.
    from impressions.convocation import Convocation
    from impressions.recours import LigneDeRecours
    from modele.fiches import Fiches
    from modele.mots.reperes import Observes
    from modele.orientation.contacts import Contact
    from modele.orientation.regles_echeances import RegleEcheance
    from modele.regles.etats import Situation
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
    ``appeles`` : les faits encore inconnus dont la question se pose à cause d'une réponse déjà donnée.
    ``cases`` : celles du formulaire officiel qui concernent ce dossier, dans leur ordre.
    ``portail`` : l'ordre du formulaire officiel, pour le papier vierge.
    ``sans_objet`` : chemins dont la question ne se pose pas ; ils ne s'impriment pas comme inconnus.
    ``situation`` : ce que lisent les paragraphes à condition, sans rien de protégé ; absente, tout y est inconnu.
    ``delais`` : les règles des échéances, par « voie.échéance » : un délai s'écrit là, et nulle part ailleurs.
    ``noms_pieces`` : comment se dit une pièce, exigée ou non ; celle dont le nom dirait une violence n'y est pas.
    ``observes`` : ce que le système officiel a observé là où la personne cherche ; absent si rien n'est publié.
    ``mentions`` : qui répond des données ; absentes, le papier dit « essai, données fictives ».
    ``a_relire`` : des mots du droit, dans la langue du papier, n'ont été relus par personne ; le papier le dit.
    ``recours`` : les motifs DALO et DAHO, les conditions et les lettres qui vont sur un papier ; en français seulement.
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
    # Qui reçoit : service et prénom, jamais un nom ; sur un papier ordinaire seulement.
    agent: str = ""
    discret: bool = False
    sans_objet: frozenset[str] = frozenset()
    fermees: frozenset[str] = frozenset()
    a_demander: tuple[str, ...] = ()
    appeles: frozenset[str] = frozenset()
    cases: tuple[Case, ...] = ()
    portail: Portail = field(default_factory=lambda: Portail("", ()))
    observes: Observes | None = None
    mentions: Mentions | None = None
    # Un dossier d'exercice : le papier le dit en travers de chaque page.
    formation: bool = False
    a_relire: bool = False
    situation: Situation | None = None
    delais: Mapping[str, RegleEcheance] = field(default_factory=dict)
    noms_pieces: Mapping[str, str] = field(default_factory=dict)
    logo: Logo | None = None
    recours: tuple[LigneDeRecours, ...] = ()
    # Les lieux d'accueil à remettre, les plus proches d'abord ; ``None`` : tous ceux du territoire, dans son ordre.
    lieux: tuple[Lieu, ...] | None = None
    # Le rendez-vous à rappeler ; une fiche réservée n'en reçoit pas.
    rendez_vous: Convocation | None = None
