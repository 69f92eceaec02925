"""Every type of page, by name: what the scans and the budgets go through."""

PAGES = {
    "home": "/{lang}/",
    "search": "/{lang}/search",
    "search with filters": "/{lang}/search?q=recruitment&barrier=cost&barrier=debt",
    "search, whole facet": "/{lang}/search?all=country",
    "search, nothing found": "/{lang}/search?q=zzzz&country=PH",
    "search, behind the end": "/{lang}/search?page=1000000000",
    "search, left out": "/{lang}/search?country=XX&surprise=1",
    "entry": "/{lang}/entries/PPD-000003",
    "entry without result": "/{lang}/entries/PPD-000063",
    "history": "/{lang}/entries/PPD-000003/history",
    "framework": "/{lang}/framework",
    "vocabularies": "/{lang}/vocabularies",
    "vocabulary": "/{lang}/vocabularies/group",
    "term": "/{lang}/vocabularies/group/migrant-workers",
    "about": "/{lang}/about",
    "accessibility": "/{lang}/accessibility",
    "privacy": "/{lang}/privacy",
    "not found": "/{lang}/nothing-here",
}
