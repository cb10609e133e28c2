"""Made-up dossiers as annotated sketches: what a careful reader would want to see on each marker."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Annotated:
    """A dossier with its type; `marked` gives, per marker of the call, words that a passage must hold.

    `silent` are the markers on which the dossier says nothing, `never` words that must be in no passage.
    """

    call: str
    type: str
    text: str
    marked: dict[str, tuple[str, ...]]
    silent: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


EPICERIE = Annotated(
    call="aquitaine-2014",
    type="services",
    text="""
~ Association Le Comptoir roulant - AMI Innovation sociale

# Le Comptoir roulant

## 1. Qui sommes-nous

L'association Le Comptoir roulant est née en 2011 à Saint-Orens-des-Landes. Siège : 4 rue du Lavoir, 40120.
N° SIRET : 123 456 789 00012. Trésorière : Mme Odile Larrouy.

## 2. Comment l'idée est venue

Tout est parti d'une discussion entre voisines à la sortie de la messe : la dernière épicerie avait fermé en mars et
trois d'entre elles ne conduisent plus. Ce sont les habitants eux-mêmes qui ont dessiné la tournée, hameau par hameau,
pendant quatre soirées. Nous avons interrogé 86 personnes âgées chez elles avant d'acheter quoi que ce soit.

Sur les neuf communes du canton, un habitant sur trois a plus de 65 ans et il ne reste plus aucun commerce alimentaire
dans sept d'entre elles.

## 3. Ce que nous proposons

Le camion-épicerie propose un service de courses, de retrait d'argent et de petites réparations, quatre jours par
semaine, au plus près des maisons. Les personnes isolées peuvent commander par téléphone la veille.

Les prix sont ceux de la ville, et un tarif solidaire selon le quotient familial est appliqué à 40 foyers. Le marchepied
se déplie en rampe pour les fauteuils.

À notre connaissance, aucune tournée en France n'associe une épicerie et une permanence de soins infirmiers.

## 4. Gouvernance

Le comité de pilotage se réunit le premier jeudi de chaque mois. Il rassemble deux clientes tirées au sort, la commune,
la pharmacienne et un producteur ; chaque membre dispose d'une voix.

## 5. L'argent

| Charges | Montant |
| Camion aménagé | 38 000 € |
| Salaires | 41 500 € |
| Total des charges | 79 500 € |

Nous demandons 32 000 € à la Région. Le modèle économique reste à trouver pour la troisième année.

## 6. Évaluation

Aucun chercheur n'est associé au projet à ce jour.

## 7. Et après

Deux cantons voisins veulent reprendre la méthode et un guide sera diffusé librement à d'autres territoires.

Nous vous prions d'agréer, Monsieur le Président, l'expression de nos sentiments distingués.
""",
    marked={
        "place-des-beneficiaires": ("habitants eux-mêmes qui ont dessiné", "interrogé 86 personnes âgées"),
        "place-de-la-recherche": ("Aucun chercheur",),
        "gouvernance": ("premier jeudi de chaque mois",),
        "ressources": ("modèle économique reste à trouver", "32 000 €"),
        "accessibilite": ("tarif solidaire selon le quotient",),
        "logique-de-service": ("camion-épicerie propose un service",),
        "rupture": ("aucune tournée en France",),
        "changement-social": ("Deux cantons voisins",),
        "ancrage-territorial": ("neuf communes du canton",),
    },
    never=("SIRET", "sentiments distingués"),
)

ATELIER = Annotated(
    call="alpc-2016",
    type="organisationnelle",
    text="""
# Travailler autrement à la menuiserie Balzan

## Présentation

La SCOP Balzan emploie 31 salariés à Guéret. Elle a été reprise par ses salariés en 2009.

## Le projet

Depuis deux ans, l'absentéisme et les troubles musculo-squelettiques augmentent, et trois départs sur quatre sont
motivés par l'organisation du travail. Les salariés ont demandé en assemblée que les équipes organisent elles-mêmes
leur planning. Douze d'entre eux ont co-construit la démarche avec la direction et les représentants du personnel.

Chaque équipe choisit son animateur, règle ses horaires de travail et tient sa réunion le lundi. L'encadrement ne
décide plus des congés : il conseille. C'est une rupture avec les pratiques habituelles du management dans le bâtiment.

Le dialogue social en sort changé : les délégués du personnel ne viennent plus porter des plaintes mais des solutions.

## Qui porte

Le projet est porté collectivement par un groupe de onze salariés, la direction et deux entreprises voisines. Pour
l'instant, aucun fournisseur n'a été associé.

Le comité de suivi se réunira chaque trimestre avec la médecine du travail.

## Équipe de recherche

Mme Lucie Fargeot, ergonome, maître de conférences à l'université de Limoges, mènera une recherche-action dans les
ateliers ; une étudiante de master 2 tiendra le journal de bord.

## Curriculum vitae

2004 - 2009 : chargée de mission gouvernance et environnement, conseil général
Titulaire d'un master de gestion des ressources humaines, permis B.

## Moyens

Notre entreprise apporte 18 000 € de fonds propres et la subvention sollicitée auprès de la Région est de 24 000 €.
""",
    marked={
        "integration-des-beneficiaires": ("ont co-construit la démarche",),
        "caractere-collectif": ("porté collectivement",),
        "rupture": ("rupture avec les pratiques",),
        "gouvernance": ("comité de suivi se réunira chaque trimestre",),
        "ouverture-recherche": ("recherche-action",),
        "viabilite-economique": ("18 000 € de fonds propres",),
    },
    silent=("environnement", "accessibilite"),
    never=("permis B",),
)

FORET = Annotated(
    call="hauts-de-france-2017",
    type="territoriale",
    text="""
# Une forêt en commun pour la vallée de l'Aubre

## D'où vient le projet

Le diagnostic partagé de la vallée montre que 2 300 hectares de bois, éclatés entre 900 propriétaires, ne sont plus
entretenus. Les habitants aspirent à retrouver un usage commun de ces bois, et les élus à une filière locale.

## Le collectif

Le collectif réunit :
- les onze communes et la communauté de communes ;
- l'association des propriétaires et trois entreprises de sciage ;
- une centaine d'habitants, de 16 à 81 ans.

Chaque partenaire s'engage par une convention : la communauté de communes assure le secrétariat, les scieurs prêtent le
matériel, les habitants tiennent les chantiers du samedi.

## Gouvernance

L'assemblée des communs se réunit quatre fois par an, dans une commune chaque fois différente. Les décisions sont prises
au consentement, dans trois collèges : habitants, entreprises, élus. Cette gouvernance partagée du territoire change le
rôle des services publics, qui ne décident plus seuls.

## Économie

Les ventes de bois couvriront 60 % des charges la troisième année. Le reste viendra des communes et du mécénat.

L'estimation foncière des parcelles a été confiée à un évaluateur foncier agréé.

## Recherche

Le laboratoire de géographie de l'université d'Amiens suivra l'expérimentation pendant trois ans ; les règles seront
ajustées après chaque bilan.

## Diffusion

Nous voulons faire évoluer le regard des propriétaires sur la forêt et transmettre la méthode à d'autres vallées.
""",
    marked={
        "besoin-et-aspiration": ("aspirent à retrouver",),
        "nature-du-collectif": ("Le collectif réunit",),
        "intervention-du-collectif": ("Chaque partenaire s'engage",),
        "gouvernance": ("quatre fois par an", "consentement"),
        "ressources": ("couvriront 60 %",),
        "place-de-la-recherche": ("laboratoire de géographie",),
        "changement-social": ("faire évoluer le regard",),
    },
    never=("évaluateur foncier",),
)

DOSSIERS = {"epicerie": EPICERIE, "atelier": ATELIER, "foret": FORET}
