"""Les gabarits d'une fiche qui vient d'une couche : leur écriture se vérifie avant qu'ils servent."""

from __future__ import annotations

from modele.fiches.declaration import Declaration
from modele.regles.fautes import Faute, FichierFautif


def exiger_des_gabarits(fiche: Declaration) -> None:
    """Vérifie l'écriture Jinja2 du corps, du sous-titre et du pied. Lève ``FichierFautif`` avec toutes les fautes."""
    # Importée ici : ce qui est livré est éprouvé, et n'attend pas une bibliothèque lente à charger.
    from jinja2 import Environment, TemplateSyntaxError

    ecriture, fautes = Environment(autoescape=False), []
    for langue, edition in fiche.editions.items():
        texte = edition.texte
        for cle, gabarit, premiere in (
            ("", texte.corps, texte.premiere_ligne),
            ("sous_titre", texte.sous_titre, None),
            ("pied", texte.pied, None),
        ):
            try:
                ecriture.parse(gabarit)
            except TemplateSyntaxError as cause:
                ligne = None if premiere is None else premiere + cause.lineno - 1
                message = "une balise {% … %} ou {{ … }} est mal formée ou non fermée"
                fautes.append(Faute(f"{fiche.id}/{langue}.md", cle, ligne, message))
    if fautes:
        raise FichierFautif(fautes)
