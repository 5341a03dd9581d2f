"""Les parts des copies de secours : le registre les garde trente jours, puis les détruit ; le poste les prend d'avance.

Coupé entre les deux, le registre tient une part qui ne sert à rien : le tour suivant en dépose une autre.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from uuid_utils import uuid7

from modele.dossier.codes import nouveau_code_secours, reference_courte
from modele.protocole.messages import PartDeCopie
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.synchro.transport import Transport


def prendre_les_parts(coffre: Coffre, transport: Transport) -> None:
    """Dépose au registre les parts qui manquent.

    Un registre d'une version d'avant n'en prend pas, ou la ligne se coupe : l'échange n'en souffre pas, et l'écran des
    copies dit lesquelles s'ouvrent d'un seul mot de passe.
    """
    with suppress(ErreurUtilisateur):
        for _ in range(coffre.parts_a_demander()):
            nom, code = reference_courte(str(uuid7())), nouveau_code_secours()
            transport.garder_une_part(PartDeCopie(nom, code))
            coffre.garder_la_part(nom, code)
