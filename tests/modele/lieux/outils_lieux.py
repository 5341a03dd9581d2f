"""Des lieux d'essai, et des heures tirées au hasard."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from modele.lieux.heures import MINUIT, Heures, JourAPart, JoursFeries, Plage, Plages, reunies
from modele.lieux.heures_ecrites import lire_heures
from modele.lieux.modele import Lieu
from modele.regles.provenance import Provenance

JOUR = date(2026, 11, 30)  # un lundi


def heures(*semaine: str, a_part: tuple[str, ...] = (), feries: str = "") -> Heures:
    return lire_heures(semaine, a_part, feries)


def lieu(nom: str = "ccas", **autres: object) -> Lieu:
    de_base = {"provenance": Provenance(source="essai", verifie_le=JOUR)}
    return Lieu(nom, f"Lieu {nom}", "CCAS", **(de_base | autres))  # type: ignore[arg-type]


@st.composite
def plages(tirer: st.DrawFn) -> Plages:
    """Des plages d'un jour, disjointes ; celles qui se touchent ne font qu'une."""
    bornes = sorted(tirer(st.sets(st.integers(0, MINUIT), max_size=6)))
    return reunies(Plage(de, a) for de, a in zip(bornes[::2], bornes[1::2], strict=False))


@st.composite
def semaines(tirer: st.DrawFn) -> Heures:
    """Une semaine où l'on ouvre au moins un jour, des jours à part, et ce qui est dit des jours fériés."""
    jours = [tirer(plages()) for _ in range(7)]
    if not any(jours):
        jours[tirer(st.integers(0, 6))] = (Plage(540, 1020),)
    a_part: list[JourAPart] = []
    depart = JOUR - timedelta(days=5)
    for _ in range(tirer(st.integers(0, 3))):
        du = depart + timedelta(days=tirer(st.integers(1, 6)))
        au = du + timedelta(days=tirer(st.integers(0, 4)))
        dites = tirer(plages())
        motif = "" if dites else tirer(st.sampled_from(["", "congés", "travaux : gaz"]))
        a_part.append(JourAPart(du, au, dites, motif))
        depart = au
    return Heures(tuple(jours), tuple(a_part), tirer(st.sampled_from(list(JoursFeries))))
