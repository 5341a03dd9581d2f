"""Un autre moment que ceux qui se proposent : une date, une heure, une durée, avec qui."""

from __future__ import annotations

from datetime import date
from typing import Final

from modele.rendez_vous import Creneau, lire_heure
from ui.composants import Bloc, Champ, Colonnes, SaisieInvalide, champ, colonne, viser
from ui.saisies.dates import lire_date_dite

DUREE: Final = 30
AUTRE, SEULE = "Ou une autre date", "Date"
MANQUE: Final = "À écrire : il faut la date et l'heure."


class AutreMoment(Bloc):
    """Quatre champs ; ``rempli`` dès que la date est écrite."""

    def __init__(self) -> None:
        self.date = Champ(AUTRE, lire=_jour, exemple="JJ/MM/AAAA", largeur=150)
        self.heure = Champ("Heure", lire=_heure, exemple="9:30", largeur=90)
        self.duree = Champ("Minutes", lire=_duree, exemple=str(DUREE), largeur=80)
        self.avec = champ("Avec qui")
        champs = Colonnes([(un, 0, 0) for un in (self.date, self.heure, self.duree)], ecart=2)
        super().__init__(colonne(champs, self.avec, ecart=2))

    def suivre(self, creneaux: bool) -> None:
        """« Ou une autre » ne se dit que sous des ``creneaux``."""
        self.date.renommer(AUTRE if creneaux else SEULE)

    @property
    def rempli(self) -> bool:
        """Une date ou une heure est écrite : c'est elle qui vaut."""
        return bool(self.date.contenu.strip() or self.heure.contenu.strip())

    def creneau(self, lieu: str) -> Creneau | None:
        """Le créneau écrit ; ``None`` si un champ manque ou ne se lit pas, et le champ le dit."""
        lus = []
        for un in (self.date, self.heure, self.duree):
            try:
                lu = un.valeur()
                if lu is None and un is not self.duree:
                    raise SaisieInvalide(MANQUE)
            except SaisieInvalide as faute:
                un.dire_faute(str(faute))
                viser(un)
                return None
            lus.append(lu)
        jour, debut, duree = lus
        return Creneau(jour, debut, duree or DUREE, lieu, self.avec.contenu.strip())

    def vider(self) -> None:
        """Rien n'y reste."""
        for un in (self.date, self.heure, self.duree, self.avec):
            un.poser(None)


def _jour(saisie: str) -> date:
    lue = lire_date_dite(saisie, date.today())
    if not isinstance(lue, date):
        raise SaisieInvalide("Écrivez le jour entier : JJ/MM/AAAA.")
    return lue


def _heure(saisie: str) -> int:
    """« 9:30 », « 9h30 », « 9 h » ou « 09:30 »."""
    heures, _, minutes = saisie.lower().replace("h", ":").replace(" ", "").partition(":")
    try:
        return lire_heure(f"{heures:0>2}:{minutes or '00':0>2}")
    except ValueError:
        raise SaisieInvalide("Écrivez l'heure, par exemple 9:30.") from None


def _duree(saisie: str) -> int:
    if not saisie.strip().isdecimal():
        raise SaisieInvalide("Écrivez un nombre de minutes.")
    return int(saisie)
