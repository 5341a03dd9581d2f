"""Ce que deux couches d'une fiche donnent ensemble, et les mutants de la norme : sûreté, texte réservé ou récent."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from itertools import product

import pytest

from modele.fiches.couches import Apport, commencer, durcir, superposer
from modele.fiches.declaration import Declaration, Edition
from modele.fiches.mesure import SANS_OBJET, mesurer, refus
from modele.fiches.surete import Surete
from modele.fiches.texte import Texte
from modele.regles.langues import langues
from modele.regles.traduction import NON_RELUE

TOUTES = [Surete(*drapeaux) for drapeaux in product((False, True), repeat=len(fields(Surete)))]
ICI, LA = date(2026, 11, 22), date(2026, 12, 15)


def fiche(mot: str, surete: Surete | None = None, *, le: date = ICI, langue: str = "fr") -> Declaration:
    """Une fiche d'un mot, dans une langue."""
    edition = Edition(Texte(mot, "", "", mot, 1), "Papier", "", NON_RELUE, le, ("x",), "V")
    return Declaration("essai", surete or Surete(), {langue: edition})


def servi(dessous: Declaration, dessus: Declaration, *, du_pays: bool = False, le: date | None = None) -> str:
    """Le mot que servent ces couches."""
    return superposer(dessous, Apport(dessus, du_pays, le))[0].editions["fr"].texte.corps


@pytest.mark.parametrize("dessous", TOUTES)
def test_aucune_couche_ne_rouvre_ce_que_celle_du_dessous_ferme(dessous: Surete) -> None:
    """Toutes les paires ; un essai par couche du dessous : un drapeau de plus n'en fait que deux fois plus."""
    for dessus in TOUTES:
        servie = durcir(dessous, dessus)
        for drapeau in ("sans_dossier", "sans_lieu", "exige_cotation", "securite", "reservee"):
            assert getattr(servie, drapeau) >= getattr(dessous, drapeau)
        assert servie.discret is dessous.discret  # ni levé, ni donné aux dossiers discrets par une couche du dessus
        assert durcir(servie, dessus) == servie


def test_ce_qu_une_couche_ferme_se_ferme() -> None:
    ferme = Surete(sans_dossier=True, exige_cotation=True, securite=True)
    assert durcir(Surete(), ferme) == ferme


@pytest.mark.parametrize("reservee", [Surete(sans_dossier=True), Surete(discret=True)])
@pytest.mark.parametrize("demande", [Surete(), Surete(sans_dossier=True)])
def test_le_texte_d_une_fiche_reservee_ne_vient_que_du_pays(reservee: Surete, demande: Surete) -> None:
    """Livré ou publié par le pays ; d'un territoire ou d'une structure, il est mis de côté."""
    dessous, dessus = fiche("livré", reservee), fiche("local", demande, le=LA)
    assert servi(dessous, dessus) == "livré"
    assert servi(dessous, dessus, du_pays=True) == "local"


def test_une_fiche_qu_une_couche_reserve_garde_le_texte_du_dessous() -> None:
    assert servi(fiche("livré"), fiche("local", Surete(sans_dossier=True))) == "livré"


def test_un_texte_de_securite_plus_recent_sert_avant_la_copie_locale() -> None:
    """La copie est mise de côté et montrée ; refaite depuis, elle sert ; une fiche ordinaire garde sa copie."""
    sure = Surete(securite=True)
    recente, ancienne = fiche("livré", sure, le=LA), fiche("local", sure, le=ICI)
    assert servi(recente, ancienne) == "livré"
    assert "est plus récent" in superposer(recente, Apport(ancienne, du_pays=False))[1][0]
    assert servi(recente, fiche("local", sure, le=LA)) == "local"
    assert servi(fiche("livré", le=LA), fiche("local", le=ICI)) == "local"


def test_une_structure_qui_n_ecrit_que_le_texte_se_date_du_jour_ou_elle_l_a_ecrit() -> None:
    """Elle reprend la déclaration du dessous, date comprise : seule celle de sa modification compte."""
    sure = Surete(securite=True)
    livree = fiche("livré", sure, le=LA)
    assert servi(livree, fiche("local", sure, le=LA), le=ICI) == "livré"
    assert servi(livree, fiche("local", sure, le=LA), le=LA) == "local"


def test_une_langue_que_le_dessous_n_a_pas_s_ajoute() -> None:
    sure = Surete(securite=True)
    servie, messages = superposer(fiche("livré", sure, le=LA), Apport(fiche("local", sure, langue="xx"), du_pays=False))
    assert (set(servie.editions), messages) == ({"fr", "xx"}, ())


def test_le_texte_servi_garde_la_date_de_sa_couche() -> None:
    servie, _ = superposer(fiche("a"), Apport(fiche("b", le=LA), du_pays=False))
    assert servie.editions["fr"].verifie_le == LA


def test_trois_couches_se_superposent_comme_deux() -> None:
    """La fonction se reprend : ce que rendent deux couches est une couche."""
    livree = fiche("a", Surete(sans_dossier=True))
    locale = Apport(replace(livree, surete=Surete()), du_pays=False)
    deux, _ = superposer(livree, locale)
    trois, messages = superposer(deux, locale)
    assert trois == deux == livree
    assert len(messages) == 2


def test_une_fiche_neuve_et_reservee_ne_vient_que_du_pays() -> None:
    reservee = fiche("neuve", Surete(discret=True))
    assert commencer(Apport(reservee, du_pays=True)) == (reservee, ())
    assert commencer(Apport(fiche("neuve"), du_pays=False)) == (fiche("neuve"), ())
    refusee, (message,) = commencer(Apport(reservee, du_pays=False))
    assert refusee is None
    assert "publication nationale signée" in message


MUTANTS = {
    "une couche locale lève sans_dossier": (
        "modele.fiches.couches.durcir",
        lambda dessous, dessus: replace(dessous, sans_dossier=dessus.sans_dossier),
    ),
    "le texte d'une fiche réservée se remplace": ("modele.fiches.couches._refus", lambda *_: ""),
    "la copie locale ancienne sert": ("modele.fiches.couches._plus_neuf", lambda *_: None),
}


def _ce_que_voient_les_epreuves() -> list[object]:
    neutre, locale = fiche("livré", Surete(sans_dossier=True, securite=True), le=LA), fiche("local", Surete())
    copie = fiche("local", Surete(securite=True), le=ICI)
    servie, messages = superposer(neutre, Apport(locale, du_pays=False))
    recente = servi(fiche("livré", Surete(securite=True), le=LA), copie)
    return [servie.surete, servie.editions["fr"].texte.corps, messages, recente]


@pytest.mark.parametrize(("nom", "mutant"), MUTANTS.values(), ids=MUTANTS)
def test_chaque_mutant_est_vu(nom: str, mutant: object, monkeypatch: pytest.MonkeyPatch) -> None:
    avant = _ce_que_voient_les_epreuves()
    monkeypatch.setattr(nom, mutant)
    assert _ce_que_voient_les_epreuves() != avant


def test_une_couche_ne_traduit_pas_un_papier_pour_un_service() -> None:
    """Ni en ôtant le drapeau, ni en écrivant la langue : elle n'y est pas offerte, et rien n'y manque."""
    dessous = replace(fiche("livré"), pour_un_service=True)
    servie, _ = superposer(dessous, Apport(fiche("local", langue="ka"), False))
    assert servie.pour_un_service
    assert mesurer(servie, langues()["ka"]).etat == SANS_OBJET
    assert refus(servie, langues()["ka"]).endswith("elle ne s’imprime qu’en français.")
    assert (
        refus(replace(servie, pour_un_service=False), langues()["ka"]) == ""
    )  # le mutant : sans drapeau, elle s'offre
