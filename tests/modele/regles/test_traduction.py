"""L'état d'une traduction : rien n'y est prétendu."""

from __future__ import annotations

import pytest

from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte
from modele.regles.traduction import Etat, Traduction, lire_traduction, non_redit, sans_marque

RELUE = 'etat = "relue"\nrelu_par = "Ana Martin, CCAS"\nrelu_le = 2026-11-30\n'
PUBLIEE = 'etat = "publiee"\npublie_par = "Ministère"\npublie_le = 2026-01-02\nsource = "x.fr"\n'


def lue(texte: str, source: str = "source") -> Traduction:
    lecteur = lire_texte(texte, "essai.toml")
    dite = lire_traduction(lecteur, source=source)
    lecteur.finir()
    return dite


@pytest.mark.parametrize(("texte", "sure"), [('etat = "redigee"\n', False), (RELUE, True), (PUBLIEE, True)])
def test_une_traduction_est_sure_si_quelqu_un_en_repond(texte: str, sure: bool) -> None:
    assert lue(texte).sure is sure


def test_une_publication_peut_etre_relue_et_se_passer_d_une_source_dite_ailleurs() -> None:
    dite = lue(PUBLIEE.replace('source = "x.fr"\n', "") + 'relu_par = "Ana"\n', source="")
    assert (dite.etat, dite.relu_par, dite.source) == (Etat.PUBLIEE, "Ana", "")


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        ("", "etat : cette clé manque"),
        ('etat = "finie"\n', "n'est pas permis"),
        ('etat = "redigee"\nrelu_par = "Ana"\n', "ne va pas avec l'état « redigee » ; attendu : « relue »"),
        ('etat = "redigee"\nrelu_le = 2026-11-30\n', "ne va pas avec l'état"),
        (RELUE + 'publie_par = "x"\n', "ne va pas avec l'état « relue » ; attendu : « publiee »"),
        (RELUE.replace('relu_par = "Ana Martin, CCAS"\n', ""), "relu_par : cette clé manque"),
        (PUBLIEE.replace('source = "x.fr"\n', ""), "source : cette clé manque"),
    ],
    ids=["sans état", "inconnu", "relecteur", "date", "éditeur", "sans relecteur", "sans source"],
)
def test_rien_n_est_pretendu(texte: str, faute: str) -> None:
    with pytest.raises(FichierFautif, match=faute):
        lue(texte)


def test_ce_que_rien_ne_redit_se_nomme_et_perd_sa_marque() -> None:
    """Deux phrases restées en français dans une même ligne se nomment chacune ; un nombre seul n'a rien à redire."""
    ligne = f"{non_redit('Accueil de jour')} : {non_redit('le matin')}"
    assert sans_marque(ligne) == ("Accueil de jour : le matin", ("Accueil de jour : ", "le matin"))
    assert sans_marque(non_redit("12/03")) == ("12/03", ())
    assert sans_marque("Accueil") == ("Accueil", ())
