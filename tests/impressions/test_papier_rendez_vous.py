"""Le rendez-vous sur papier : quand, où, quoi apporter ; ni pourquoi, ni avec qui ; jamais d'un dossier discret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import pytest
from lecture_pdf import octets, texte_plat
from msgspec.structs import replace as changer

from impressions import convocation, discretion
from impressions.convocation import CONFIDENTIEL, PERIME, RENDEZ_VOUS, SANS_ADRESSE, a_venir
from impressions.depuis_bilan import donnees
from impressions.document import composer, nom_de_fichier
from impressions.offres import NEUTRE, offres, tout_ce_qu_il_faut
from impressions.papier import Papier
from modele.bilan import Bilan, charger_regles, etablir
from modele.fiches.couches import durcir
from modele.fiches.surete import Surete
from modele.lieux.modele import Lieu
from modele.orientation.resultat import Urgence, Voie
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.langues import langues
from modele.regles.provenance import Provenance
from modele.rendez_vous import Creneau, RendezVous

JOUR: Final = date(2026, 11, 30)
DOSSIER: Final = "0198c0de-0000-7000-8000-000000000001"
TENU: Final = RendezVous(
    "r1", DOSSIER, "REF", Creneau(date(2026, 12, 8), 570, 45, "ccas-colombe", "Jeanne Lenoir"), "entretien",
    objet="violences", motif="absente deux fois",
)  # fmt: skip
PROTEGES: Final[tuple[Mapping[str, Any], ...]] = (
    {"protection": {"discret": True}},
    {"protection": {"discret": True, "fiche_souhaitee": True}, "contact": {"adresse_courrier_sure": "CCAS, 63000"}},
)


def bilan(**sections: Any) -> Bilan:
    document = {"id": DOSSIER, "territoire": "metropole-exemple", "demandeur": {"nom": "GARNIER"}, **sections}
    return etablir(charger_regles("metropole-exemple"), document, JOUR)


def papier(tenu: RendezVous = TENU, langue: str = "fr", ici: Bilan | None = None) -> Papier:
    return composer(RENDEZ_VOUS, donnees(ici or bilan(), langue, rendez_vous=tenu), langue)


def au_lieu(**champs: Any) -> Bilan:
    """Un bilan dont le territoire n'a qu'un lieu, celui du rendez-vous."""
    ici = bilan()
    lieu = Lieu(**{"id": "ccas-colombe", "nom": "Accueil d'essai", "genre": "CCAS", **champs})
    regles = replace(ici.regles, territoire=replace(ici.regles.territoire, lieux=(lieu,)))
    return etablir(regles, ici.document, JOUR)


# Ce qu'il dit.


def test_il_dit_quand_ou_et_quoi_apporter() -> None:
    lu = texte_plat(papier())
    for dit in (
        "Mardi 8 décembre 2026, à 9 h 30", "CCAS de Colombe", "2, place du Marché, Colombe", "05 36 49 00 11",
        "Entrée de plain-pied", "pièce d’identité ou un titre de séjour", "Appelez avant", "Besoin d’un interprète ?",
    ):  # fmt: skip
        assert dit in lu
    assert lu.count("décembre 2026") == 1


def test_ni_pourquoi_ni_avec_qui_ni_sa_sorte() -> None:
    """Le papier traîne : ni l'agent, ni la sorte, ni l'objet, ni le motif du changement, nulle part dans le fichier."""
    pdf = papier()
    for tu in ("Lenoir", "ntretien", "violences", "absente deux fois"):
        assert tu not in texte_plat(pdf)
        assert tu.encode() not in octets(pdf)


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"interprete": "demande", "langue": "ar"}, "Un interprète est demandé : arabe."),
        ({"interprete": "trouve", "langue": "ar"}, "Un interprète sera là : arabe."),
        ({"interprete": "trouve"}, "Un interprète sera là."),
        ({"deplace_le": "2026-11-29"}, "Ce rendez-vous remplace celui d’avant."),
    ],
)
def test_l_interprete_et_le_changement_se_lisent(change: dict[str, str], dit: str) -> None:
    lu = texte_plat(papier(changer(TENU, **change)))
    assert dit in lu
    assert dit not in texte_plat(papier())


def test_une_heure_juste_se_dit_sans_minutes_et_ailleurs_comme_une_montre() -> None:
    midi = changer(TENU, creneau=changer(TENU.creneau, debut=600))
    assert "à 10 h " in texte_plat(papier(midi))
    assert "at 10:00" in texte_plat(papier(midi, "en"))


@pytest.mark.parametrize("langue", [nom for nom in langues() if nom != "fr"])
def test_chaque_langue_s_imprime_avec_la_langue_de_l_interprete(langue: str) -> None:
    """Une page, sans un mot français de reste : la langue de l'interprète aussi se redit."""
    fait = papier(changer(TENU, interprete="demande", langue="ar"), langue)
    lu = texte_plat(fait)
    assert (fait.alertes, fait.manques) == ((), ())
    assert ("arabe" in lu) == (langue == "fr-falc")
    assert "9:30" in lu or "9 h 30" in lu


# Le lieu.


def test_un_lieu_hors_de_l_annuaire_se_complete_a_la_main() -> None:
    fait = papier(changer(TENU, creneau=changer(TENU.creneau, lieu="Guichet 4")))
    assert "Guichet 4" in texte_plat(fait)
    assert "Adresse ____" in texte_plat(fait)
    assert SANS_ADRESSE.format(lieu="Guichet 4") in fait.alertes


def test_une_adresse_a_faire_valider_ne_s_imprime_pas() -> None:
    fait = papier(
        ici=au_lieu(adresse="3, rue Douteuse", telephone="05 36 49 00 99", provenance=Provenance(confiance="M"))
    )
    assert "rue Douteuse" not in texte_plat(fait)
    assert "Adresse ____" in texte_plat(fait)


def test_un_lieu_que_nul_n_a_verifie_depuis_six_mois_se_dit_a_l_agent() -> None:
    vieux = Provenance(source="essai", verifie_le=date(2026, 1, 5))
    assert PERIME.format(lieu="Accueil d'essai") in papier(ici=au_lieu(adresse="3, rue", provenance=vieux)).alertes
    neuf = Provenance(source="essai", verifie_le=date(2026, 11, 5))
    assert papier(ici=au_lieu(adresse="3, rue", provenance=neuf)).alertes == ()


def test_un_refuge_ne_s_ecrit_sur_aucun_papier() -> None:
    with pytest.raises(ErreurUtilisateur) as faute:
        papier(ici=au_lieu(telephone="05 36 49 00 99", adresse_confidentielle=True))
    assert str(faute.value) == CONFIDENTIEL


def test_mutant_un_refuge_imprime_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impressions.speciaux_droit.exiger_un_lieu_dicible", lambda _: None)
    with pytest.raises(pytest.fail.Exception):
        test_un_refuge_ne_s_ecrit_sur_aucun_papier()


# Qui n'en a pas.


@pytest.mark.parametrize("sections", PROTEGES, ids=("discret", "discret-adresse-sure"))
def test_un_dossier_discret_n_en_a_pas(sections: Mapping[str, Any]) -> None:
    """Ni offert, ni composé, même par qui le demande."""
    ici = bilan(**sections)
    assert RENDEZ_VOUS not in {offre.id for offre in offres(ici, rendez_vous=True)}
    assert RENDEZ_VOUS not in tout_ce_qu_il_faut(ici, rendez_vous=True)
    with pytest.raises(ErreurUtilisateur, match="ne s’imprime pas pour un dossier discret"):
        papier(ici=ici)


def test_une_voie_discrete_retenue_suffit_a_le_fermer() -> None:
    ici = bilan()
    voie = Voie("essai", "Une voie", Urgence.JOUR, True, True)
    ici = replace(ici, voies=(*ici.voies, voie))
    assert ici.a_taire
    assert RENDEZ_VOUS not in {offre.id for offre in offres(ici, rendez_vous=True)}


def test_mutant_un_papier_discret_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans le refus du dossier discret, son rendez-vous s'offre et s'imprime."""
    vrai = discretion.empechement

    def laisser(identifiant: str, surete: Surete, **reste: Any) -> str:
        return vrai(identifiant, surete, **{**reste, "a_taire": False})

    monkeypatch.setattr("impressions.offres.empechement", laisser)
    monkeypatch.setattr("impressions.discretion.empechement", laisser)
    with pytest.raises(AssertionError):
        test_un_dossier_discret_n_en_a_pas(PROTEGES[0])


def test_une_fiche_reservee_ou_sans_lieu_ne_recoit_pas_le_rendez_vous() -> None:
    pretes = donnees(bilan(), rendez_vous=TENU)
    neutre = pretes.fiches.trouver(NEUTRE, "fr")
    assert discretion.donnees_permises(neutre, pretes).rendez_vous is None
    ordinaire = pretes.fiches.trouver(RENDEZ_VOUS, "fr")
    assert discretion.donnees_permises(ordinaire, pretes).rendez_vous is not None
    sans_lieu = replace(ordinaire, surete=Surete(sans_lieu=True))
    assert discretion.donnees_permises(sans_lieu, pretes).rendez_vous is None


def test_sans_rendez_vous_elle_se_refuse_et_ne_s_offre_pas() -> None:
    assert RENDEZ_VOUS not in {offre.id for offre in offres(bilan())}
    with pytest.raises(ErreurUtilisateur, match="n’a aucun rendez-vous à venir"):
        composer(RENDEZ_VOUS, donnees(bilan()))
    (offerte,) = (offre for offre in offres(bilan(), rendez_vous=True) if offre.id == RENDEZ_VOUS)
    assert offerte.proposee
    assert offerte.raison


def test_une_couche_ne_leve_pas_ce_drapeau() -> None:
    assert durcir(Surete(exige_rendez_vous=True), Surete()).exige_rendez_vous


def test_le_nom_du_fichier_est_la_reference() -> None:
    assert "GARNIER" not in nom_de_fichier(RENDEZ_VOUS, donnees(bilan(), rendez_vous=TENU))


# Lequel.


def test_le_prochain_donne_ou_celui_qu_on_veut() -> None:
    passe = changer(TENU, id="r0", creneau=changer(TENU.creneau, jour=JOUR, debut=480))
    annule = changer(TENU, id="r2", etat="annule", creneau=changer(TENU.creneau, jour=JOUR, debut=900))
    tard = changer(TENU, id="r3", creneau=changer(TENU.creneau, jour=date(2026, 12, 20)))
    tous, midi = [tard, passe, annule, TENU], datetime(2026, 11, 30, 12, 0)
    assert a_venir(tous, midi) is TENU
    assert a_venir(tous, midi, "r3") is tard
    # Annulé depuis : aucun, plutôt que la date d'un autre.
    assert a_venir(tous, midi, "r2") is None
    assert a_venir([passe, annule], midi) is None
    assert convocation.a_venir([passe], datetime(2026, 11, 30, 8, 0)) is passe
