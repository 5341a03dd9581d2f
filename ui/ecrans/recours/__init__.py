"""Les recours DALO et DAHO, motif par motif, et leur calendrier. Essais : ``tests/ui/ecrans/test_ecran_recours.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="recours",
    classe="ui.ecrans.recours.ecran:EcranRecours",
    libelle="Recours DALO / DAHO",
    icone="scale",
    detail="dossier ouvert",
    rang=45,
    offert=frozenset({Offert.PARTOUT}),
    mots="dalo daho recours opposable commission mediation prefet tribunal echeance calendrier priorite lettre l441",
    aide=(
        "Chaque motif : rempli, à établir, ou que rien n'indique encore ; un lien mène à la question qui manque. "
        "Dessous, le calendrier : qui doit répondre, avant quelle date, et que faire."
    ),
    garde=(
        "Rien : les motifs et le calendrier viennent des réponses. Un agenda enregistré reste où vous le "
        "mettez, hors du coffre."
    ),
    usage=True,
)
