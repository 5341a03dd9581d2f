"""Rendez-vous au coffre : donner, déplacer, annuler ; discret, « occupé » ; pris deux fois, les deux restent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from outils_coffre import AGENT
from sqlalchemy import select

from modele.coffre import Coffre, agenda, agenda_lu, avis, schema
from modele.coffre.agenda import Choix
from modele.coffre.evitements import AUTRE_ABSENT, PAS_A_VOUS
from modele.coffre.listes import Voulu
from modele.dossier.codes import reference_courte
from modele.dossier.dates_tenues import Nature
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous import Creneau, Plage, RendezVous

NORA, LEO = Auteur(AGENT), Auteur("Léo Blanc")
MIDI = datetime(2026, 12, 7, 8, 55).astimezone()
LUNDI, MARDI = date(2026, 12, 7), date(2026, 12, 8)
NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia"}}
DIX_HEURES = Creneau(MARDI, 600, 30, "ccas", "Nora")
PLAGE = Plage("p", "ccas", "reception", frozenset(range(5)), 540, 720, 60, "Nora")


@pytest.fixture
def ici(coffre: Coffre) -> Coffre:
    """Un coffre à 8 h 55 un lundi, au CCAS."""
    coffre._horloge = lambda: MIDI
    coffre.agenda.choisir_le_lieu("ccas")
    return coffre


def _dossier(coffre: Coffre, discret: str = "", auteur: Auteur = NORA) -> str:
    protege = {"protection": {"discret": True, "referent": discret}} if discret else {}
    return str(coffre.creer_dossier({**NADIA, **protege}, auteur)["id"])


def _donner(coffre: Coffre, dossier: str, creneau: Creneau = DIX_HEURES, **dits: Any) -> RendezVous:
    return coffre.agenda.donner(dossier, Choix(creneau, **dits), NORA)


def _lignes(coffre: Coffre, auteur: Auteur = NORA) -> list[tuple[str, str]]:
    lus = coffre.agenda.lignes(LUNDI, MARDI, auteur)
    return [(un.creneau.heure, un.rendez_vous.etat if un.rendez_vous else "occupé") for un in lus]


def test_il_se_donne_se_voit_et_occupe_son_creneau(ici: Coffre) -> None:
    dossier = _dossier(ici)
    donne = _donner(ici, dossier, objet="Bilan", langue="ar", interprete="demande")
    assert (donne.creneau, donne.etat, donne.langue, donne.interprete) == (DIX_HEURES, "donne", "ar", "demande")
    assert ici.agenda.du_dossier(dossier, NORA) == [donne]
    (ligne,) = ici.agenda.lignes(LUNDI, MARDI, NORA)
    assert ligne.rendez_vous is not None
    assert (ligne.rendez_vous.titre, ligne.rendez_vous.reference) == ("FATIHI Nadia", reference_courte(dossier))
    occupation = ici.lire(donne.occupation)
    assert (occupation["etat"], occupation["heure"]) == ("occupe", "10:00")
    assert not {"dossier", "objet", "langue", "type"} & occupation.keys()
    assert dossier not in str(occupation)
    assert ici.agenda.trouver_l_interprete(donne, NORA).interprete == "trouve"


def test_les_creneaux_libres_ne_sont_ni_passes_ni_pris(ici: Coffre) -> None:
    dossier = _dossier(ici)
    ici._horloge = lambda: MIDI + timedelta(hours=1)
    offerts = ici.agenda.libres(dossier, (PLAGE,), NORA, au_plus=5)
    assert [(un.jour, un.heure) for un in offerts[:3]] == [(LUNDI, "10:00"), (LUNDI, "11:00"), (MARDI, "09:00")]
    _donner(ici, dossier)
    apres = ici.agenda.libres(dossier, (PLAGE,), NORA, du=MARDI, jours=1)
    assert [un.heure for un in apres] == ["09:00", "11:00"]
    assert ici.agenda.libres(dossier, (PLAGE,), NORA, du=LUNDI - timedelta(30), au_plus=1) == offerts[:1]


@pytest.mark.parametrize(
    ("creneau", "phrase"),
    [
        (DIX_HEURES, agenda.PRIS),
        (replace(DIX_HEURES, lieu="annexe", debut=615), agenda.PRIS),
        (replace(DIX_HEURES, jour=LUNDI, debut=500), agenda.PASSE),
        (replace(DIX_HEURES, duree=4), "de 5 minutes"),
        (replace(DIX_HEURES, duree=241), "de 5 minutes"),
        (replace(DIX_HEURES, debut=1430), "avant minuit"),
    ],
    ids=["pris", "même personne ailleurs", "passé", "court", "long", "après minuit"],
)
def test_un_creneau_qui_ne_peut_pas_se_donner_se_refuse(ici: Coffre, creneau: Creneau, phrase: str) -> None:
    dossier = _dossier(ici)
    _donner(ici, dossier)
    with pytest.raises(ErreurUtilisateur, match=phrase):
        _donner(ici, dossier, creneau)
    assert len(ici.agenda.du_dossier(dossier, NORA)) == 1


@pytest.mark.parametrize("code", [{"type": "x"}, {"langue": "klingon"}, {"interprete": "x"}], ids=str)
def test_un_code_inconnu_se_refuse(ici: Coffre, code: dict[str, str]) -> None:
    with pytest.raises(ErreurUtilisateur, match="n'est pas une réponse possible"):
        _donner(ici, _dossier(ici), **code)


def test_deplacer_et_annuler_disent_pourquoi_et_liberent(ici: Coffre) -> None:
    dossier = _dossier(ici)
    donne = _donner(ici, dossier)
    for geste in (
        lambda: ici.agenda.deplacer(donne, replace(DIX_HEURES, debut=660), " ", NORA),
        lambda: ici.agenda.annuler(donne, "", NORA),
    ):
        with pytest.raises(ErreurUtilisateur, match="Écrivez pourquoi"):
            geste()
    deplace = ici.agenda.deplacer(donne, replace(DIX_HEURES, debut=615), "retard du bus", NORA)
    assert (deplace.creneau.heure, deplace.motif, deplace.deplace_le) == ("10:15", "retard du bus", "2026-12-07")
    assert ici.lire(donne.occupation)["heure"] == "10:15"
    annule = ici.agenda.annuler(deplace, "elle a appelé", NORA)
    assert (annule.etat, ici.lire(donne.occupation)["etat"]) == ("annule", "libre")
    assert _lignes(ici) == [("10:15", "annule")]
    _donner(ici, dossier)
    with pytest.raises(ErreurUtilisateur, match="ne change plus"):
        ici.agenda.annuler(annule, "encore", NORA)


def test_venue_ou_non_se_note_le_jour_meme(ici: Coffre) -> None:
    dossier = _dossier(ici)
    un, deux = _donner(ici, dossier), _donner(ici, dossier, replace(DIX_HEURES, debut=660))
    with pytest.raises(ErreurUtilisateur, match="pas encore passé"):
        ici.agenda.noter_venue(un, True, NORA)
    ici._horloge = lambda: MIDI + timedelta(days=1)
    venue = ici.agenda.noter_venue(un, True, NORA, passage="ticket")
    assert (venue.etat, venue.passage) == ("venu", "ticket")
    absent = ici.agenda.noter_venue(deux, False, NORA, passage="ticket")
    assert (absent.etat, absent.passage) == ("absent", "")


def test_un_discret_est_occupe_pour_qui_n_en_repond_pas(ici: Coffre) -> None:
    dossier = _dossier(ici, discret=AGENT)
    _donner(ici, dossier)
    assert _lignes(ici) == [("10:00", "donne")]
    assert _lignes(ici, LEO) == [("10:00", "occupé")]
    (sien,) = ici.agenda.lignes(LUNDI, MARDI, NORA)
    assert sien.rendez_vous is not None
    assert sien.rendez_vous.titre == ""
    assert dossier not in repr(ici.agenda.lignes(LUNDI, MARDI, LEO))


def test_un_discret_sans_referent_est_a_qui_l_a_cree(ici: Coffre) -> None:
    """La même règle que ses échéances : nul n'est nommé, son créateur en répond."""
    dossier = str(ici.creer_dossier({**NADIA, "protection": {"discret": True}}, NORA)["id"])
    _donner(ici, dossier)
    assert (_lignes(ici), _lignes(ici, LEO)) == ([("10:00", "donne")], [("10:00", "occupé")])


def test_deux_discrets_d_un_autre_agent_sont_occupes(ici: Coffre) -> None:
    dossier = _dossier(ici, discret="Paul")
    _donner(ici, dossier)
    _donner(ici, dossier, replace(DIX_HEURES, debut=660))
    assert _lignes(ici) == [("10:00", "occupé"), ("11:00", "occupé")]


def test_un_rendez_vous_d_une_version_d_avant_s_annule(ici: Coffre) -> None:
    """Sans occupation : rien à libérer. Redire le même lieu n'écrit rien."""
    ici.agenda.choisir_le_lieu("ccas")
    dossier = _dossier(ici)
    ici.creer_objet("rendez_vous", {"dossier": dossier, "date": "2026-12-08", "heure": "10:00"}, NORA)
    (ancien,) = ici.agenda.du_dossier(dossier, NORA)
    assert ici.agenda.annuler(ancien, "essai", NORA).etat == "annule"


def test_le_suppleant_en_repond_aussi(ici: Coffre) -> None:
    protege = {"discret": True, "referent": "Paul", "suppleant": AGENT}
    dossier = str(ici.creer_dossier({**NADIA, "protection": protege}, NORA)["id"])
    _donner(ici, dossier)
    assert (_lignes(ici), ici.agenda.lieu()) == ([("10:00", "donne")], "ccas")


def test_mutant_la_porte_des_discrets(ici: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si tout ce que tient le poste se lisait, le dossier discret se lirait dans l'agenda de l'accueil."""
    dossier = _dossier(ici, discret=AGENT)
    _donner(ici, dossier)
    monkeypatch.setattr(agenda_lu, "_permis", lambda _, lus, __: {un[0] for un in lus})
    assert dossier in repr(ici.agenda.lignes(LUNDI, MARDI, LEO))


def test_un_autre_lieu_ne_se_liste_pas(ici: Coffre) -> None:
    """Ni ses rendez-vous, ni ses créneaux ; mais la même personne n'y est pas offerte à la même heure."""
    dossier = _dossier(ici)
    _donner(ici, dossier, replace(DIX_HEURES, lieu="annexe"))
    assert _lignes(ici) == []
    assert len(ici.agenda.du_dossier(dossier, NORA)) == 1
    assert "10:00" not in [un.heure for un in ici.agenda.libres(dossier, (PLAGE,), NORA, du=MARDI, jours=1)]


def _pris_ailleurs(coffre: Coffre, creneau: Creneau) -> str:
    """Ce qu'un autre poste, sans réseau, a pris : son occupation, sans son dossier."""
    place = {"lieu": creneau.lieu, "avec": creneau.avec, "date": creneau.jour.isoformat(), "heure": creneau.heure}
    return str(coffre.creer_objet("occupation", {**place, "duree": creneau.duree, "etat": "occupe"}, NORA)["id"])


def test_pris_deux_fois_les_deux_restent_et_une_personne_tranche(ici: Coffre) -> None:
    dossier = _dossier(ici)
    _donner(ici, dossier)
    _pris_ailleurs(ici, replace(DIX_HEURES, debut=615, lieu="annexe"))
    _pris_ailleurs(ici, replace(DIX_HEURES, debut=700, lieu="annexe"))
    (conflit,) = ici.agenda.conflits(NORA)
    assert [un.rendez_vous is None for un in (conflit.un, conflit.autre)] == [False, True]
    ici.agenda.garder_les_deux(conflit, NORA)
    assert ici.agenda.conflits(NORA) == []
    _pris_ailleurs(ici, replace(DIX_HEURES, debut=590, lieu="annexe"))
    assert len(ici.agenda.conflits(NORA)) == 1
    ici.agenda.annuler(ici.agenda.du_dossier(dossier, NORA)[0], "départage", NORA)
    assert ici.agenda.conflits(NORA) == []


def test_un_conflit_entre_deux_autres_lieux_n_est_pas_d_ici(ici: Coffre) -> None:
    for _ in range(2):
        _pris_ailleurs(ici, replace(DIX_HEURES, lieu="annexe"))
    assert ici.agenda.conflits(NORA) == []


def test_une_occupation_en_desaccord_se_remet_d_accord(ici: Coffre) -> None:
    """Une différence tranchée ailleurs que d'ici a changé l'heure du rendez-vous seul."""
    donne = _donner(ici, _dossier(ici))
    assert ici.agenda.accorder(NORA) == 0
    ici.modifier(donne.id, {"heure": "11:00"}, NORA)
    assert ici.agenda.accorder(NORA) == 1
    assert ici.lire(donne.occupation)["heure"] == "11:00"
    assert ici.agenda.accorder(NORA) == 0


# « Jamais la même demi-journée ni le même lieu que… »


@pytest.fixture
def a_part(ici: Coffre) -> tuple[Coffre, str, str]:
    """Un dossier discret dont Nora répond, celui qu'il évite."""
    return ici, _dossier(ici, discret=AGENT), _dossier(ici)


@pytest.mark.parametrize("meme_lieu", [False, True])
def test_indisponible_pour_l_autre_et_pour_lui_seul(a_part: tuple[Coffre, str, str], meme_lieu: bool) -> None:
    ici, protege, autre = a_part
    tiers = _dossier(ici)
    ici.evitements.poser(protege, reference_courte(autre), NORA, meme_lieu=meme_lieu)
    donne = _donner(ici, protege)
    for heure in (540, 690):
        with pytest.raises(ErreurUtilisateur, match="indisponible"):
            _donner(ici, autre, replace(DIX_HEURES, debut=heure, avec="Paul"))
    for geste in (
        lambda: _donner(ici, autre, replace(DIX_HEURES, debut=840)),
        lambda: _donner(ici, autre, replace(DIX_HEURES, debut=840, jour=MARDI + timedelta(3))),
    ):
        if meme_lieu:
            with pytest.raises(ErreurUtilisateur, match="indisponible"):
                geste()
        else:
            geste()
    _donner(ici, tiers, replace(DIX_HEURES, debut=540, avec="Paul"))
    (publie,) = ici.lire(donne.id)["indisponibles"]
    vu = ici.lire(publie)
    assert (protege in str(vu), autre in str(vu), "lieu" in vu) == (False, False, meme_lieu)


def test_annuler_ou_lever_rend_les_creneaux(a_part: tuple[Coffre, str, str]) -> None:
    ici, protege, autre = a_part
    donne = _donner(ici, protege)
    pose = ici.evitements.poser(protege, reference_courte(autre), NORA)
    assert ici.evitements.lister(protege, NORA) == [pose]
    refuse: Callable[[], Any] = lambda: _donner(ici, autre, replace(DIX_HEURES, debut=540))  # noqa: E731
    with pytest.raises(ErreurUtilisateur, match="indisponible"):
        refuse()
    ici.agenda.deplacer(donne, replace(DIX_HEURES, debut=900), "demande d'elle", NORA)
    sien = refuse()
    ici.agenda.annuler(sien, "essai", NORA)
    ici.agenda.annuler(_donner(ici, protege, replace(DIX_HEURES, debut=660)), "essai", NORA)
    ici.evitements.lever(pose, NORA)
    assert ici.evitements.lister(protege, NORA) == []
    _donner(ici, autre, replace(DIX_HEURES, debut=960))


def test_il_evite_aussi_les_rendez_vous_de_l_autre(a_part: tuple[Coffre, str, str]) -> None:
    ici, protege, autre = a_part
    annule = _donner(ici, autre, replace(DIX_HEURES, debut=840))
    ici.agenda.annuler(annule, "essai", NORA)
    _donner(ici, autre)
    ici.evitements.poser(protege, reference_courte(autre), NORA)
    assert [un.heure for un in ici.agenda.libres(protege, (PLAGE,), NORA, du=MARDI, jours=1)] == []
    _donner(ici, protege, replace(DIX_HEURES, debut=840))


def test_seul_qui_en_repond_le_pose(a_part: tuple[Coffre, str, str]) -> None:
    ici, protege, autre = a_part
    for geste in (
        lambda: ici.evitements.poser(protege, reference_courte(autre), LEO),
        lambda: ici.evitements.poser(autre, reference_courte(protege), NORA),
        lambda: ici.evitements.lister(protege, LEO),
    ):
        with pytest.raises(ErreurUtilisateur, match=PAS_A_VOUS[:30]):
            geste()
    for reference in ("", "ABCDE FGHIJ", reference_courte(protege)):
        with pytest.raises(ErreurUtilisateur, match=AUTRE_ABSENT[:20]):
            ici.evitements.poser(protege, reference, NORA)


def test_un_rappel_se_demande_se_note_et_se_redemande_si_la_date_change(ici: Coffre) -> None:
    donne = _donner(ici, _dossier(ici))
    assert ici.agenda.a_rappeler(1, NORA) == [donne]
    assert ici.agenda.a_rappeler(0, NORA) == []
    note = ici.agenda.noter_le_rappel(donne, NORA)
    assert note.rappele_pour == MARDI.isoformat()
    assert ici.agenda.a_rappeler(1, NORA) == []
    deplace = ici.agenda.deplacer(note, replace(DIX_HEURES, jour=MARDI + timedelta(1)), "grève", NORA)
    assert ici.agenda.a_rappeler(2, NORA) == [deplace]
    ici.agenda.annuler(deplace, "relogée", NORA)
    assert ici.agenda.a_rappeler(2, NORA) == []
    with pytest.raises(ErreurUtilisateur, match="ne change plus"):
        ici.agenda.noter_le_rappel(deplace, NORA)


def test_un_rendez_vous_passe_ne_se_rappelle_plus(ici: Coffre) -> None:
    _donner(ici, _dossier(ici))
    ici._horloge = lambda: MIDI + timedelta(days=1, hours=3)
    assert ici.agenda.a_rappeler(1, NORA) == []


def test_le_rappel_d_un_discret_est_a_qui_en_repond(ici: Coffre) -> None:
    """Norme, § 5 : il ne se perd pas ; aucun autre ne le voit."""
    donne = _donner(ici, _dossier(ici, discret=AGENT))
    assert [un.id for un in ici.agenda.a_rappeler(1, NORA)] == [donne.id]
    assert ici.agenda.a_rappeler(1, LEO) == []


def test_mutant_un_discret_a_rappeler_par_tous_se_voit(ici: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda_lu, "_permis", lambda _, lus, __: {un[0] for un in lus})
    with pytest.raises(AssertionError):
        test_le_rappel_d_un_discret_est_a_qui_en_repond(ici)


def _a_l_accueil(coffre: Coffre, auteur: Auteur, agent: str = "") -> list[str]:
    page = coffre.taches.lire(Voulu(coffre._horloge().date(), natures=(Nature.RENDEZ_VOUS,), agent=agent), auteur)
    return [une.date.cle.partition(":")[2] for une in page.lignes]


def test_l_accueil_ne_lit_que_les_siens_et_ceux_de_personne(ici: Coffre) -> None:
    """« Nora » est « Nora Petit » ; celui d'un collègue n'est pas à elle."""
    dossier = _dossier(ici)
    sien = _donner(ici, dossier)
    a_tous = _donner(ici, dossier, replace(DIX_HEURES, debut=700, avec="", lieu="ccas"))
    _donner(ici, dossier, replace(DIX_HEURES, avec="Paul Roy"))
    ailleurs = _donner(ici, dossier, replace(DIX_HEURES, debut=800, lieu="annexe"))
    plus_tard = _donner(ici, dossier, replace(DIX_HEURES, jour=MARDI + timedelta(20)))
    ici.agenda.annuler(_donner(ici, dossier, replace(DIX_HEURES, debut=900)), "non", NORA)
    assert _a_l_accueil(ici, NORA) == [sien.id, a_tous.id]
    assert not {ailleurs.id, plus_tard.id} & set(_a_l_accueil(ici, NORA))
    assert _a_l_accueil(ici, Auteur("Zoé")) == [a_tous.id]
    # Celui d'un collègue se lit en le choisissant.
    assert len(_a_l_accueil(ici, NORA, agent="Paul Roy")) == 2


def test_celui_du_jour_passe_avant_une_reponse_qui_tarde(ici: Coffre) -> None:
    """À huit heures cinquante, neuf heures se lit d'abord."""
    jour = ici._horloge().date()
    suite = {"orientation": "fsl", "aupres_de": "FSL", "faite_le": (jour - timedelta(90)).isoformat()}
    dossier = ici.creer_dossier({"suites": {"elements": {"s": suite}, "ordre": ["s"]}}, NORA)["id"]
    _donner(ici, dossier, replace(DIX_HEURES, jour=jour, debut=1200, avec=""))
    lues = ici.taches.lire(Voulu(jour), NORA).lignes
    assert [une.date.nature for une in lues] == [Nature.RENDEZ_VOUS, Nature.REPONSE]


def test_un_discret_n_est_a_l_accueil_que_de_qui_en_repond(ici: Coffre) -> None:
    donne = _donner(ici, _dossier(ici, discret=AGENT), replace(DIX_HEURES, avec=""))
    assert _a_l_accueil(ici, NORA) == [donne.id]
    assert _a_l_accueil(ici, LEO) == []


def test_mutant_un_discret_a_l_accueil_de_tous_se_voit(ici: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(avis, "_portes", lambda *_: select(schema.porte_discrete))
    with pytest.raises(AssertionError):
        test_un_discret_n_est_a_l_accueil_que_de_qui_en_repond(ici)
