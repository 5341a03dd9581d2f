"""La filière des priorités, dite : ce qu'elle demande ou ce qui manque, et ce qui ne va pas ensemble. Sans Qt.

Essais : ``tests/ui/mots/test_mots_filiere.py``.
"""

from __future__ import annotations

from typing import Final

from modele.mots.ecriture import dire_date
from modele.orientation.filiere import DemandeMontree, RegleIncoherence
from modele.regles.provenance import Provenance
from ui.mots.priorites import A_VALIDER

TITRE: Final = "Filière du département"
A_REVOIR: Final = "À revoir avant une commission"
RIEN_A_REVOIR: Final = "Rien ne se contredit, d'après ces réponses."
SANS_NOTE: Final = "La note sociale d'un dossier discret s'écrit avec son travailleur social : rien ne s'imprime d'ici."
NOTE_SOCIALE: Final = "note-sociale"
"""La fiche qui sert de modèle, que la structure récrit."""


def dire_demande(une: DemandeMontree) -> str:
    """« Le label : à qui. Comment. (source, date) » ; ce qui manque se dit, et à qui le demander."""
    libelle = une.attendu.libelle
    if une.dite is None:
        return f"{libelle} : ce que demande la filière d'ici n'est pas connu. Qui le sait : {une.attendu.a_qui}."
    return f"{libelle} : {une.dite.aupres_de}. {une.dite.comment}{_vient_de(une.dite.provenance)}"


def dire_incoherence(regle: RegleIncoherence) -> str:
    """La phrase, marquée s'il reste à la faire valider."""
    return f"{regle.phrase}{A_VALIDER if regle.provenance.a_valider else ''}"


def _vient_de(provenance: Provenance) -> str:
    if not provenance.source or provenance.verifie_le is None:
        return " (fictif)"
    reserve = A_VALIDER if provenance.a_valider else ""
    return f" ({provenance.source}, {dire_date(provenance.verifie_le)}){reserve}"
