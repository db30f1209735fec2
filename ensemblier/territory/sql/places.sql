-- Reader: queries.communes.search_communes. The function is made by the migration 0002 from place_search.sql.
select code, name, postcodes, departement_code, departement_name, matched
from territory_place_search(
    %(name)s::text, %(departement)s::text, %(postcode)s::text, %(code)s::text, %(prefix)s::text, %(limit)s::int
)
