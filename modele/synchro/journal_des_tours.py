"""Ce que le poste retient de ses échanges : le dernier qui a réussi, la dernière panne, l'écart des horloges."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.attente import Attente
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.etats import Lien

if TYPE_CHECKING:
    from modele.coffre.echanges import Echanges

PREFIXE: Final = "synchro."
_DERNIER: Final = "synchro.dernier_echange"
_PANNE: Final = "synchro.panne"
_CLASSE: Final = "synchro.classe"
_ECART: Final = "synchro.ecart_s"
_ABSENTS: Final = "synchro.absents"
_LIENS: Final = {
    Classe.RESEAU: Lien.HORS_LIGNE,
    Classe.OCCUPE: Lien.HORS_LIGNE,
    Classe.REVOQUE: Lien.REVOQUE,
    Classe.TROP_ANCIEN: Lien.TROP_ANCIEN,
}
# Une personne doit intervenir : insister ne servirait à rien.
_TARD_S: Final = {Classe.REVOQUE: 900, Classe.TROP_ANCIEN: 900}


@dataclass(frozen=True, slots=True)
class Tenu:
    """Ce qui est retenu. ``lien`` : où en est un poste enrôlé ; ``ecart`` : sa montre moins celle du registre.

    ``absents`` : postes attendus au registre.
    """

    lien: Lien
    dernier: datetime | None
    panne: str
    ecart: timedelta
    absents: int


class JournalDesTours:
    """Gardé dans le coffre : l'écran le sait dès l'ouverture. ``horloge`` : l'heure du poste."""

    def __init__(self, echanges: Echanges, attente: Attente, horloge: Callable[[], datetime]) -> None:
        self._echanges, self._attente, self._horloge = echanges, attente, horloge

    def reussi(self, ecart: timedelta | None, reserve: str = "") -> None:
        """Le tour est allé au bout. ``reserve`` : ce qu'il faut dire quand même."""
        self._attente.apres_un_succes()
        mesure = {_ECART: str(round(ecart.total_seconds()))} if ecart is not None else {}
        quand = self._horloge().isoformat()
        self._echanges.regler({_DERNIER: quand, _PANNE: reserve, _CLASSE: ""} | mesure)

    def echoue(self, faute: ErreurUtilisateur) -> None:
        """Le tour s'est arrêté là ; ce qui était fait l'est."""
        classe = faute.classe if isinstance(faute, Empechement) else None
        demande = faute.reprendre_dans_s if isinstance(faute, Empechement) else 0
        self._attente.apres_un_echec(max(demande, _TARD_S.get(classe, 0) if classe else 0))
        # Le disque peut être la panne même.
        with suppress(ErreurUtilisateur):
            self._echanges.regler({_PANNE: str(faute), _CLASSE: classe or ""})

    def lire(self) -> Tenu:
        """Ce qui est retenu."""
        lus = self._echanges.reglages(PREFIXE)
        dernier = lus.get(_DERNIER)
        return Tenu(
            _lien(lus.get(_CLASSE, ""), bool(dernier)),
            datetime.fromisoformat(dernier) if dernier else None,
            lus.get(_PANNE, ""),
            timedelta(seconds=int(lus.get(_ECART, "0"))),
            int(lus.get(_ABSENTS, "0")),
        )

    def compter_absents(self, absents: int) -> None:
        """Combien de postes ne sont pas revenus depuis que le registre a été restauré."""
        if absents != self.lire().absents:
            self._echanges.regler({_ABSENTS: str(absents)})


def _lien(classe: str, deja_joint: bool) -> Lien:
    if not classe:
        return Lien.EN_LIGNE if deja_joint else Lien.JAMAIS_JOINT
    lien = _LIENS.get(Classe(classe), Lien.EN_LIGNE)
    return Lien.JAMAIS_JOINT if lien is Lien.HORS_LIGNE and not deja_joint else lien
