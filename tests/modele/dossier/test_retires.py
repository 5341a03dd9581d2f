"""Un code retiré ne s'écrit plus, et s'efface à l'ouverture : « sans titre » n'est gardé nulle part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.documents import importer
from modele.dossier.nomenclatures import lire_nomenclatures, nationales
from modele.dossier.retires import a_effacer, sans_retires
from modele.regles.fautes import FichierFautif


@pytest.mark.parametrize("ecrit", ["aucun", {"parmi": ["aucun", "autre"]}])
@pytest.mark.parametrize(
    "ou", ["demandeur", "codemandeur", "foyer.personnes.elements.p", "foyer.colocataires.elements.c"]
)
def test_sans_titre_s_efface_ou_qu_il_soit_ecrit(ou: str, ecrit: Any) -> None:
    personne = {"nom": "Diallo", "titre_sejour": ecrit}
    document: dict[str, Any] = {"id": "a", "territoire": "t"}
    for cle in reversed(ou.split(".")):
        personne = {cle: personne}
    document |= personne
    assert a_effacer(document) == [f"{ou}.titre_sejour"]
    propre = sans_retires(document)
    assert lire(propre, f"{ou}.titre_sejour") is ABSENT
    assert lire(propre, f"{ou}.nom") == "Diallo"
    assert a_effacer(propre) == []


def test_un_titre_vu_se_garde() -> None:
    document = {"demandeur": {"titre_sejour": "carte_resident"}, "codemandeur": {"titre_sejour": {"refus": True}}}
    assert sans_retires(document) == document


def test_un_document_d_avant_se_lit_encore() -> None:
    texte = '{"id": "a", "territoire": "t", "demandeur": {"titre_sejour": "aucun"}}'
    assert importer(texte, "avant.json")["demandeur"] == {}


def test_aucune_liste_ne_porte_un_code_qu_elle_retire(tmp_path: Path) -> None:
    assert "aucun" not in nationales()["titre_sejour"].codes
    fichier = tmp_path / "nomenclatures.toml"
    fichier.write_text(
        '[[nomenclature]]\nid = "x"\nlibelle = "X"\nsource = "S"\nreleve_le = 2026-11-29\nconfiance = "D"\n'
        'retires = ["a"]\n[[nomenclature.code]]\ncode = "a"\nlibelle = "A"\n',
        encoding="utf-8",
    )
    with pytest.raises(FichierFautif, match="encore dans la liste"):
        lire_nomenclatures(fichier)
