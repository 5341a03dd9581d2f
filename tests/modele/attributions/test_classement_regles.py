"""Les règles d'une commission sont en données : elles se lisent entières, et une règle déduite n'écarte personne."""

from __future__ import annotations

import pytest

from modele.attributions.classement.regles import lire_regles, regles
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte
from ressources import RESSOURCES

TEXTE = (RESSOURCES / "national" / "commission.toml").read_text(encoding="utf-8")


def test_ce_qui_ecarte() -> None:
    assert {une.id for une in regles().regles if une.ecarte} == {
        "numero_unique", "radiee", "secteur", "plafond_plai", "plafond_plus", "adapte",
    }  # fmt: skip
    assert all(not une.provenance.a_valider for une in regles().regles if une.ecarte)
    assert all("à faire valider" in une.raison for une in regles().regles if une.provenance.a_valider)


def test_les_rubriques_de_r441_2_2() -> None:
    assert {"a", "c", "d", "e", "f", "g", "h", "i"} <= {une.id for une in regles().rubriques}


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        ('si = { fait = "demande.radiee" }', 'si = { fait = "demande.radie" }', "fait inconnu"),
        ('si = { fait = "demande.radiee" }', "", "« si »|si"),
        ('si = { fait = "demande.radiee" }',
         'si = { non = { au_moins_n = 1, de = [{ fait = "demande.radiee" }] } }', "formes admises"),
        ('si = { fait = "demande.radiee" }', 'si = { une_personne = { fait = "demande.radiee" } }', "si"),
        ('id = "handicap_foyer"\ntype = "booleen"', 'id = "handicap_foyer"\ntype = "date"', "date"),
        ('id = "handicap_foyer"\n', 'id = "sous_plafond_pls"\n', "déclaré deux fois"),
        ('article = "CCH R441-4"\n', "", "article|fondement"),
        ('id = "radiee"\n', 'id = "radiee"\nnote = 3\n', "clé inconnue"),
        ('id = "surface"\n', 'id = "surface"\nfermee = true\n', "n'a rien à rouvrir"),
    ],
)  # fmt: skip
def test_une_faute_se_dit(avant: str, apres: str, message: str) -> None:
    assert avant in TEXTE
    with pytest.raises(FichierFautif, match=message):
        lire_regles(lire_texte(TEXTE.replace(avant, apres, 1), "commission.toml"))


def test_mutant_une_regle_deduite_qui_ecarte() -> None:
    """Chaque règle D ou M, rendue écartante, fait refuser le fichier : le chargeur tient, pas la relecture."""
    for une in regles().regles:
        if une.provenance.a_valider:
            mutant = TEXTE.replace(f'[[regle]]\nid = "{une.id}"\n', f'[[regle]]\nid = "{une.id}"\necarte = true\n')
            assert mutant != TEXTE
            with pytest.raises(FichierFautif, match="n'écarte personne"):
                lire_regles(lire_texte(mutant, "commission.toml"))
