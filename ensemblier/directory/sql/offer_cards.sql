-- Readers: directory.sql.cards (queries.offers, queries.sites, queries.organisations). One row per offer of %(ids)s.
select
    f.id, f.uid, f.name, o.uid, o.name, s.uid, coalesce(s.name, ''), coalesce(s.city, ''), coalesce(s.commune_id, ''), s.lat, s.lon,
    f.publics, f.needs, f.modes, f.mobilisation, f.languages, f.conditions, f.description, f.fee, f.is_cep,
    coalesce(nullif(f.phone, ''), nullif(s.phone, ''), o.phone),
    coalesce(f.first_appointment_days, s.first_appointment_days), coalesce(f.first_appointment_on, s.first_appointment_on),
    coalesce(nullif(f.hours_osm, ''), s.hours_osm, ''), f.reviewed_on, f.source_updated_on, f.created_at::date,
    f.review_every_months, f.is_fictitious
from public.directory_offer f
join public.directory_organisation o on o.id = f.organisation_id
left join public.directory_site s on s.id = f.site_id
where f.id = any(%(ids)s::bigint[])
