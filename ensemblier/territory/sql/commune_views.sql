-- Reader: territory.sql.communes (queries.communes). Communes by code with the zones that contain them, and whether
-- the code has a history: nearly none has, and the page that asks for one commune then needs no second question.
select c.code, c.name, c.postcodes,
       coalesce(d.code, ''), coalesce(d.name, ''), coalesce(r.code, ''), coalesce(r.name, ''),
       coalesce(e.code, ''), coalesce(e.name, ''), coalesce(z.code, ''), coalesce(z.name, ''),
       coalesce(b.code, ''), coalesce(b.name, ''), c.population, c.lat, c.lon, c.is_estimated,
       coalesce(a.code, ''), coalesce(a.name, ''), coalesce(c.parent_id, ''),
       exists (select from territory_communechange h where h.old_code = c.code)
from territory_commune c
left join territory_zone d on d.key = c.departement_id
left join territory_zone r on r.key = c.region_id
left join territory_zone e on e.key = c.epci_id
left join territory_zone z on z.key = c.zone_emploi_id
left join territory_zone b on b.key = c.bassin_vie_id
left join territory_zone a on a.key = c.arrondissement_id
where c.code = any(%(codes)s::varchar[])
