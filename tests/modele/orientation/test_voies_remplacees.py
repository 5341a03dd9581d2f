"""Une voie retenue prend la place de celle qu'elle précise ; rien ne se perd, rien d'urgent ne se cache."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest
from outils_sources import catalogue_national

from modele.orientation.examen import orienter
from modele.orientation.regles import RegleOrientation, lire_orientations
from modele.orientation.resultat import Voie
from modele.regles.etats import INCONNU, Etat, Situation, connu
from modele.regles.fautes import FichierFautif

TETE = """
[[orientation]]
id = "{id}"
libelle = "Libellé {id}"
fondement = "Texte"
confiance = "V"
verifie_le = 2026-11-22
source = "essai"
"""
GENERALE = """urgence = "jour"
gestes = ["Un geste"]
pieces = ["identite"]
contacts = ["115", "17"]
fiches = ["115"]
si = { fait = "triage.sante_urgente" }
[[orientation.echeance]]
id = "commune"
libelle = "Générale"
duree = { mois = 2 }
[[orientation.echeance]]
id = "autre"
libelle = "Autre"
duree = { mois = 3 }
"""
PRECISE = """urgence = "jour"
remplace = ["generale"]
gestes = ["Le sien"]
pieces = ["titre-sejour"]
contacts = ["119", "115"]
si = { fait = "triage.danger_immediat" }
[[orientation.echeance]]
id = "commune"
libelle = "La sienne"
duree = { mois = 1 }
"""
FAITS = {"generale": "triage.sante_urgente", "precise": "triage.danger_immediat"}


def lire(tmp_path: Path, **entrees: str) -> tuple[RegleOrientation, ...]:
    fichier = tmp_path / "orientations.toml"
    corps = "".join(TETE.format(id=id_) + suite for id_, suite in entrees.items())
    fichier.write_text(f"format = 1\n{corps}", encoding="utf-8")
    return lire_orientations(fichier, catalogue_national())


def voies(tmp_path: Path, **etats: Etat) -> dict[str, Voie]:
    regles = lire(tmp_path, generale=GENERALE, precise=PRECISE)
    situation = Situation({FAITS[nom]: etat for nom, etat in etats.items()}, personnes_closes=True)
    return {voie.id: voie for voie in orienter(regles, situation)}


def faute(tmp_path: Path, **entrees: str) -> str:
    with pytest.raises(FichierFautif) as levee:
        lire(tmp_path, **entrees)
    (trouvee,) = levee.value.fautes
    assert trouvee.chemin.endswith("remplace")
    return trouvee.message


def test_retenue_elle_remplace_et_reprend_ce_qui_manque(tmp_path: Path) -> None:
    """Ses gestes à elle ; échéances, contacts, fiches et pièces des deux, les siens d'abord."""
    trouvees = voies(tmp_path, generale=connu(True), precise=connu(True))
    assert list(trouvees) == ["precise"]
    precise = trouvees["precise"]
    assert precise.gestes == ("Le sien",)
    assert precise.contacts == ("119", "115", "17")
    assert precise.pieces == ("titre-sejour", "identite")
    assert precise.fiches == ("115",)
    assert [(e.id, e.libelle) for e in precise.echeances] == [("commune", "La sienne"), ("autre", "Autre")]
    assert precise.remplacees == precise.heritees == ("generale",)


@pytest.mark.parametrize(
    ("generale", "precise"),
    [pair for pair in product((True, False, None), repeat=2) if pair != (True, True)],
)
def test_seule_une_voie_retenue_en_remplace_une_retenue(
    tmp_path: Path, generale: bool | None, precise: bool | None
) -> None:
    """Possible, elle ne cache rien ; et une voie possible n'est jamais cachée."""
    etats = {nom: INCONNU if dit is None else connu(dit) for nom, dit in (("generale", generale), ("precise", precise))}
    trouvees = voies(tmp_path, **etats)
    assert {nom: voie.certaine for nom, voie in trouvees.items()} == {
        nom: dit is True for nom, dit in (("generale", generale), ("precise", precise)) if dit is not False
    }
    assert all(voie.remplacees == () for voie in trouvees.values())


def test_de_proche_en_proche(tmp_path: Path) -> None:
    """La plus précise remplace tout, même si celle du milieu n'est pas retenue."""
    fine = 'urgence = "jour"\nremplace = ["precise"]\ncontacts = ["18"]\n'
    regles = lire(tmp_path, generale=GENERALE, precise=PRECISE, fine=fine)
    for milieu in (connu(True), connu(False), INCONNU):
        faits = {FAITS["generale"]: connu(True), FAITS["precise"]: milieu}
        trouvees = {v.id: v for v in orienter(regles, Situation(faits, personnes_closes=True)) if v.certaine}
        assert list(trouvees) == ["fine"]
        assert {"18", "115", "17"} <= set(trouvees["fine"].contacts)


def test_une_voie_inconnue(tmp_path: Path) -> None:
    assert "pas dans le fichier" in faute(tmp_path, precise=PRECISE)


def test_jamais_en_rond(tmp_path: Path) -> None:
    assert "l'une l'autre" in faute(tmp_path, seule='urgence = "jour"\nremplace = ["seule"]\n')


def test_une_voie_plus_urgente_ne_se_cache_pas(tmp_path: Path) -> None:
    tardive = PRECISE.replace('urgence = "jour"', 'urgence = "semaine"')
    assert "plus urgente" in faute(tmp_path, generale=GENERALE, precise=tardive)


@pytest.mark.parametrize("laquelle", ["generale", "precise"])
def test_discrete_et_ordinaire_ne_se_remplacent_pas(tmp_path: Path, laquelle: str) -> None:
    """Les numéros d'une voie discrète ne passent pas dans une voie ordinaire ; l'ordinaire ne se cache pas."""
    entrees = {"generale": GENERALE, "precise": PRECISE}
    entrees[laquelle] = "discret = true\n" + entrees[laquelle]
    assert "discrète" in faute(tmp_path, **entrees)


def remplacer(tmp_path: Path, cles: str, **etats: Etat) -> dict[str, Voie]:
    """Les voies, la précise portant ces clés ; les deux sont retenues."""
    regles = lire(tmp_path, generale=GENERALE, precise=PRECISE.replace('remplace = ["generale"]', cles))
    faits = {FAITS["generale"]: connu(True), FAITS["precise"]: connu(True), "demandeur.mineur_emancipe": INCONNU}
    faits |= {nom.replace("__", "."): etat for nom, etat in etats.items()}
    return {voie.id: voie for voie in orienter(regles, Situation(faits, personnes_closes=True))}


def test_elle_peut_ne_rien_reprendre(tmp_path: Path) -> None:
    """Un mineur seul : ni le 115, ni sa fiche, ni le DAHO ; ce qui fut noté à l'autre voie ne vaut pas pour elle."""
    (precise,) = remplacer(tmp_path, 'remplace = ["generale"]\nreprend = false').values()
    assert precise.contacts == ("119", "115")
    assert (precise.pieces, precise.fiches) == (("titre-sejour",), ())
    assert [(e.id, e.libelle) for e in precise.echeances] == [("commune", "La sienne")]
    assert (precise.remplacees, precise.heritees) == (("generale",), ())


def test_ce_qui_ne_se_reprend_pas_ne_remonte_pas_par_une_autre(tmp_path: Path) -> None:
    """La fine reprend la précise, qui n'a rien repris de la générale."""
    precise = PRECISE.replace('remplace = ["generale"]', 'remplace = ["generale"]\nreprend = false')
    fine = 'urgence = "jour"\nremplace = ["precise"]\n'
    regles = lire(tmp_path, generale=GENERALE, precise=precise, fine=fine)
    faits = {FAITS["generale"]: connu(True), FAITS["precise"]: connu(True)}
    (seule,) = orienter(regles, Situation(faits, personnes_closes=True))
    assert (seule.contacts, seule.remplacees, seule.heritees) == (("119", "115"), ("precise", "generale"), ("precise",))


SI = 'remplace = ["generale"]\nremplace_si = { non = { fait = "demandeur.mineur_emancipe" } }'


@pytest.mark.parametrize(("emancipe", "reste"), [(connu(False), False), (connu(True), True), (INCONNU, True)])
def test_elle_ne_prend_la_place_que_si_c_est_certain(tmp_path: Path, emancipe: Etat, reste: bool) -> None:
    """Ignorée ou refusée, la condition laisse les deux voies, entières."""
    trouvees = remplacer(tmp_path, SI, demandeur__mineur_emancipe=emancipe)
    assert set(trouvees) == ({"generale", "precise"} if reste else {"precise"})
    assert trouvees["precise"].remplacees == (() if reste else ("generale",))
    assert trouvees["precise"].contacts == (("119", "115") if reste else ("119", "115", "17"))


def test_jamais_moins_urgente_que_ce_qu_elle_cache(tmp_path: Path) -> None:
    """Une date fait monter la voie cachée : celle qui la cache monte aussi."""
    semaine = 'urgence = "semaine"\n'
    generale = GENERALE.replace('urgence = "jour"\n', semaine + SELON).replace('id = "autre"\n', DATEE)
    precise = PRECISE.replace('urgence = "jour"\n', semaine)
    regles = lire(tmp_path, generale=generale, precise=precise)
    faits = {FAITS["generale"]: connu(True), FAITS["precise"]: connu(True), AUDIENCE: connu(date(2026, 12, 1))}
    for jour, attendue in ((date(2026, 11, 20), "semaine"), (date(2026, 11, 28), "jour")):
        (seule,) = orienter(regles, Situation(faits, personnes_closes=True), jour)
        assert (seule.id, seule.urgence.value) == ("precise", attendue)


AUDIENCE = "expulsion.date_audience"
DATEE = f'id = "autre"\ndepuis = "{AUDIENCE}"\n'
SELON = 'urgence_selon = [{ echeance = "autre", jours = 100, urgence = "jour" }]\n'


SAUF = 'remplace = ["generale"]\nferme = ["115"]\nremplace_sauf = { fait = "demandeur.mineur_emancipe" }'


@pytest.mark.parametrize(
    ("exception", "montrees", "ferme"),
    [
        (connu(True), {"generale", "precise"}, ()),
        (connu(False), {"precise"}, ("115",)),
        (INCONNU, {"precise"}, ("115",)),
    ],
)
def test_ce_qu_elle_ferme_reste_ouvert_si_l_exception_est_dite(
    tmp_path: Path, exception: Etat, montrees: set[str], ferme: tuple[str, ...]
) -> None:
    """La voie remplacée et sa fiche : fermées, sauf quand on a dit pourquoi elles ne le sont pas."""
    regles = lire(tmp_path, generale=GENERALE, precise=PRECISE.replace('remplace = ["generale"]', SAUF))
    situation = Situation({nom: connu(True) for nom in FAITS.values()} | {"demandeur.mineur_emancipe": exception})
    trouvees = {voie.id: voie for voie in orienter(regles, situation)}
    assert set(trouvees) == montrees
    assert trouvees["precise"].ferme == ferme
